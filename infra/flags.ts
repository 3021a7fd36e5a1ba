import { allowedValues } from "#lib/config/allowed-values.ts";
import { VARIABLES } from "#lib/config/config.ts";
import { isSecret } from "#lib/config/variables.ts";
import { TapedeckError } from "#lib/errors.ts";
import { editDistance } from "./edit-distance.ts";

/** The flag that sets a variable: TAPEDECK_PORT is --port, SIMULATOR_RATE --rate, KAFKA_BROKERS --kafka-brokers. Null for secrets. */
export function flagOf(name: string): string | null {
  if (isSecret(name)) return null;
  return `--${name
    .replace(/^(TAPEDECK|SIMULATOR)_/, "")
    .toLowerCase()
    .replaceAll("_", "-")}`;
}

export const FLAGS: ReadonlyMap<string, string> = new Map(
  Object.keys(VARIABLES).flatMap((name) => {
    const flag = flagOf(name);
    return flag === null ? [] : [[flag, name] as const];
  }),
);

export interface Arguments {
  help: boolean;
  /** What the flags set; stronger than the environment. */
  environment: Record<string, string>;
}

/** Reads `--flag value` and `--flag=value`. Throws BAD_CONFIGURATION for anything else, naming it and what was meant. */
export function parseArguments(given: readonly string[]): Arguments {
  const environment: Record<string, string> = {};
  let help = false;
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? "";
    const [flag, inline] = splitOnce(word);
    if (flag === "--help" || flag === "-h") {
      help = true;
      continue;
    }
    const name = FLAGS.get(flag);
    if (name === undefined) throw unknownFlag(word);
    const value = inline ?? given[(at += 1)];
    if (value === undefined || value === "" || (inline === undefined && value.startsWith("--"))) {
      throw new TapedeckError("BAD_CONFIGURATION", `${flag} needs a value: ${allowedOf(name)}`);
    }
    environment[name] = value;
  }
  return { help, environment };
}

function splitOnce(word: string): [string, string?] {
  const equals = word.indexOf("=");
  return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
}

function allowedOf(name: string): string {
  const variable = Object.entries(VARIABLES).find(([each]) => each === name)?.[1];
  return variable === undefined ? "a text" : allowedValues(variable.schema);
}

function unknownFlag(word: string): TapedeckError {
  const flag = splitOnce(word)[0];
  const near = [...FLAGS.keys()].filter((each) => editDistance(each, flag) <= 2);
  const meant = near.length > 0 ? ` Was ${near.join(" or ")} meant?` : "";
  return new TapedeckError("BAD_CONFIGURATION", `Unknown flag ${word}.${meant} npm start -- --help lists all of them.`);
}

/** Every flag and variable with its meaning, default and allowed values. */
export function helpText(): string {
  const lines = Object.entries(VARIABLES).flatMap(([name, { schema, fallback, help }]) => {
    const flag = flagOf(name);
    const standard = fallback === undefined || fallback === "" ? "not set" : fallback;
    return [
      `  ${flag === null ? "" : `${flag}, `}${name}`,
      `      ${help}`,
      `      ${allowedValues(schema)}; default: ${standard}`,
    ];
  });
  return [
    "npm start -- [--flag value] …",
    "",
    "Starts Kafka and Elasticsearch (or uses those that are given), the workers and the web server. Ctrl-C stops all of it.",
    "Every flag has an environment variable; the flag is stronger. Secrets have a variable only.",
    "",
    ...lines,
    "",
    "  --help",
    "      prints this",
  ].join("\n");
}
