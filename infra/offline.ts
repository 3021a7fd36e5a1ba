import { resolve } from "node:path";
import { readConfig, type Config } from "#lib/config/config.ts";
import type { SourceStore } from "#lib/contracts/stores.ts";
import { TapedeckError } from "#lib/errors.ts";
import { startEngines } from "./application.ts";
import { lockDataFolder } from "./data-lock.ts";
import { planEngines } from "./engines/engines.ts";
import { Steps } from "./steps.ts";
import { Supervisor } from "./supervisor.ts";

/** Does something to what is stored while Tapedeck is stopped: with engines of its own, and nothing else on the data folder. */
export async function offline(work: (config: Config, steps: Steps) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  const folder = resolve(config.TAPEDECK_DATA);
  const steps = new Steps((line) => console.log(line));
  const lock = await lockDataFolder(folder, (line) => steps.say(line));
  const supervisor = new Supervisor({
    say: (line) => steps.say(line),
    record: (name, pid) => lock.record(name, pid),
  });
  try {
    const plan = await planEngines({ config, folder, fastStart: config.LOCAL_QUICK_START });
    const connected = readConfig({ ...process.env, ...plan.environment, TAPEDECK_DATA: folder });
    await startEngines(plan, connected, { steps, supervisor });
    await work(connected, steps);
  } finally {
    await supervisor.stop([["Kafka", "Elasticsearch"]]);
    lock.release();
  }
}

const REPORTS_EVERY = 2_000_000;

/** REFUSED while something aggregates. Servers given from outside may serve workers elsewhere: those report every two seconds. */
export async function assertIdle(sources: Pick<SourceStore, "workers">): Promise<void> {
  const since = Date.now() * 1000 - 3 * REPORTS_EVERY;
  const running = (await sources.workers()).filter(({ role, updated }) => role === "aggregate" && updated > since);
  if (running.length === 0) return;
  const who = running.map(({ id, host, pid }) => `${id} (process ${pid} on ${host})`).join(", ");
  throw new TapedeckError(
    "REFUSED",
    `Still aggregating: ${who}. Stop Tapedeck first: Ctrl-C where \`npm start\` runs, or SIGTERM to these processes; then try again.`,
  );
}
