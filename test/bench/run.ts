import { parseArgs } from "node:util";
import { startTestEngines } from "#test/support/test-engines.ts";
import { closeWorkers } from "#test/support/workers.ts";
import { alertFigures } from "./alerts.ts";
import { aggregateThroughput } from "./aggregate.ts";
import { costFigures } from "./cost.ts";
import { chartInBrowser } from "./chart.ts";
import { collectorThroughput } from "./collector.ts";
import { engineFigures } from "./engine.ts";
import { row, type Figure } from "./figures.ts";
import { memoryFigures } from "./memory.ts";
import { openTab } from "./open-tab.ts";
import { peers } from "./peers.ts";
import { chartAndDashboards, ingestToBrowser } from "./product.ts";
import { recordLatency } from "./record.ts";

const HELP = `npm run bench -- [--json] [--trades N] [PART …]

Measures on this machine, with engines of its own. Parts: engine, cost, alerts, aggregate, collector, latency, dashboards; all of
them without a name. Only by their names: peers, which runs Kafka Streams and Flink beside the engine on the same
trades; chart, which draws 2,000 bars in a browser; and tab, which leaves one open for a quarter of an hour.
  --json      one object a line: {name, value, unit, aim}
  --trades N  trades in the log for the aggregate worker (default 2000000)`;

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean" }, trades: { type: "string", default: "2000000" }, help: { type: "boolean" } },
  allowPositionals: true,
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const trades = Number(values.trades);
if (!Number.isInteger(trades) || trades < 1) {
  console.error(`--trades ${values.trades}: a whole number from 1`);
  process.exit(2);
}

const engines = await startTestEngines();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void interrupted());

/** Nothing may stay behind: the processes that were started are no children of the terminal. */
async function interrupted(): Promise<void> {
  await Promise.all([closeWorkers(), engines.close()]);
  process.exit(130);
}

const PARTS: Record<string, () => Promise<Figure[]>> = {
  engine: async () => [...(await engineFigures()), ...memoryFigures()],
  cost: () => Promise.resolve(costFigures()),
  alerts: () => alertFigures(),
  aggregate: async () => [
    ...(await aggregateThroughput(engines, { trades, symbols: 1000, workers: 1, isRestarted: false })),
    ...(await aggregateThroughput(engines, { trades, symbols: 1000, workers: 2, isRestarted: false })),
    ...(await aggregateThroughput(engines, { trades, symbols: 20_000, workers: 1, isRestarted: true })),
    ...(await recordLatency(engines)),
  ],
  collector: () => collectorThroughput(engines),
  latency: async () => [
    ...(await ingestToBrowser(engines, 20, "about 1,000 wanted")),
    ...(await ingestToBrowser(engines, 200, "about 10,000 wanted")),
  ],
  dashboards: () => chartAndDashboards(engines, 200),
  chart: () => chartInBrowser(engines),
  tab: () => openTab(engines),
  peers: () => peers(engines, trades),
};
const BY_NAME_ONLY = new Set(["peers", "chart", "tab"]);
const isWanted = (name: string): boolean =>
  positionals.length === 0 ? !BY_NAME_ONLY.has(name) : positionals.includes(name);
const unknown = positionals.filter((name) => !(name in PARTS));
let failed = unknown.length > 0;
if (failed) console.error(`Unknown part ${unknown.join(", ")}.\n\n${HELP}`);
try {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (failed || !isWanted(name)) continue;
    for (const figure of await measure()) console.log(values.json ? JSON.stringify(figure) : row(figure));
  }
} catch (error) {
  failed = true;
  console.error(error);
} finally {
  await engines.close();
}
process.exit(failed ? 1 : 0);
