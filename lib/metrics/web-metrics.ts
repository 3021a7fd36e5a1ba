import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the hub counts. */
export interface LiveFigures {
  connected: boolean;
  subscribers: number;
  symbols: number;
  series: number;
  frames: number;
  linesAccepted: number;
  linesDropped: number;
}

/** What this web process counts. */
export interface WebMetrics {
  registry: Registry;
  /** One answered request: the kind of address, its status and how long it took. */
  answered(route: string, status: number, seconds: number): void;
}

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

/** The registry of the web process, with Node's own figures and those of its hub, read when somebody scrapes. */
export function createWebMetrics(live: () => LiveFigures): WebMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "tapedeck_web_" });
  const requests = new Histogram({
    name: "tapedeck_web_request_seconds",
    help: "Time to answer a request; of streams until the answer begins",
    labelNames: ["route", "status"],
    buckets: SECONDS,
    registers: [registry],
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect: function collect() {
        this.set(read());
      },
    });
  gauge("tapedeck_live_connected", "1 while the web process reads the live log", () => Number(live().connected));
  gauge("tapedeck_live_pages", "Pages that are connected", () => live().subscribers);
  gauge("tapedeck_live_symbols", "Symbols of which a quote is held", () => live().symbols);
  gauge("tapedeck_live_series", "Pairs of symbol and interval of which bars are held", () => live().series);
  counter(registry, "tapedeck_live_frames_total", "Frames sent to pages", () => live().frames);
  counter(registry, "tapedeck_live_lines_total", "Lines of the live log taken", () => live().linesAccepted);
  counter(registry, "tapedeck_live_lines_dropped_total", "Lines that were no newer", () => live().linesDropped);
  return {
    registry,
    answered: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
  };
}

/** A counter whose total is kept elsewhere. */
function counter(registry: Registry, name: string, help: string, total: () => number): void {
  let counted = 0;
  registry.registerMetric(
    new Counter({
      name,
      help,
      registers: [],
      collect: function collect() {
        const now = total();
        this.inc(now - counted);
        counted = now;
      },
    }),
  );
}
