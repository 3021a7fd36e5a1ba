import { packageName, projectPath, type Import } from "./imports.ts";

/** Each layer of `lib` with those it may import besides itself. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  contracts: ["domain"],
  feeds: ["domain", "contracts"],
  kafka: ["domain", "contracts"],
  elasticsearch: ["domain", "contracts"],
  collector: ["domain", "contracts", "feeds", "kafka", "elasticsearch"],
  engine: ["domain", "contracts", "feeds", "kafka", "elasticsearch"],
  live: ["domain", "contracts", "feeds", "kafka", "elasticsearch"],
  alerts: ["domain", "contracts", "kafka", "elasticsearch"],
  services: ["domain", "contracts", "feeds", "kafka", "elasticsearch", "collector", "engine", "live"],
  api: ["domain", "contracts", "feeds", "kafka", "elasticsearch", "collector", "engine", "live", "services"],
};

/** Open to every layer but the domain. */
const COMMON = ["config", "errors", "log", "metrics", "shutdown"];

/** The only places that import a vendor's package. */
const VENDORS: Readonly<Record<string, RegExp>> = {
  kafkajs: /^lib\/kafka\//,
  "@elastic/elasticsearch": /^lib\/elasticsearch\//,
  "hyparquet-writer": /^lib\/services\/bars\//,
  ws: /^lib\/feeds\//,
  recharts: /^app\//,
  "trading-signals": /^lib\/domain\/indicators\//,
  "d3-hierarchy": /^app\//,
  "@trpc/server": /^(lib\/api\/|app\/api\/)/,
  "prom-client": /^lib\/metrics[/.]/,
  next: /^(app\/|workers\/web\.ts$|next\.config\.ts$)/,
};

/** `domain` of `lib/domain/bar.ts`, `errors` of `lib/errors.ts`; null outside `lib`. */
export function layerOf(path: string): string | null {
  return /^lib\/([^/.]+)/.exec(path)?.[1] ?? null;
}

/** What an import breaks, in words; null when it is as it should be. */
export function violation(given: Import): string | null {
  const target = projectPath(given);
  const broken = target === null ? vendorRule(given) : layerRule(given.file, target);
  return broken === null ? null : `${given.file} imports ${given.specifier}: ${broken}`;
}

function vendorRule(given: Import): string | null {
  const name = packageName(given) ?? "";
  if (layerOf(given.file) === "domain" && name.startsWith("node:")) return "the domain runs in a browser too";
  const place = VENDORS[name];
  // Tests talk to the servers as they like.
  if (place === undefined || given.file.startsWith("test/") || place.test(given.file)) return null;
  return `${name} is imported in ${place.source} only`;
}

function layerRule(file: string, target: string): string | null {
  const ofTests = file.startsWith("test/");
  if (/^(app|workers)\//.test(target) && topFolder(file) !== topFolder(target) && !ofTests) {
    return "nothing imports app or workers";
  }
  const layer = layerOf(file);
  if (layer === null) return null;
  const wanted = layerOf(target);
  if (wanted === null) return "lib imports only lib";
  if (wanted === layer) return null;
  if (COMMON.includes(layer)) return commonRule(wanted);
  if (COMMON.includes(wanted)) return layer === "domain" ? "the domain is pure" : null;
  const allowed = LAYERS[layer];
  if (allowed === undefined) return `${layer} is no layer`;
  return allowed.includes(wanted) ? null : `${layer} may import only ${[...allowed, ...COMMON].join(", ")}`;
}

/** What all layers use may itself use the two that all of them may. */
function commonRule(wanted: string): string | null {
  return [...COMMON, "domain", "contracts"].includes(wanted) ? null : "what all layers use may not use one of them";
}

function topFolder(path: string): string {
  return path.slice(0, path.indexOf("/"));
}
