import { resolve } from "node:path";
import { readConfig } from "#lib/config/config.ts";
import { errorMessage, TapedeckError } from "#lib/errors.ts";
import { startApplication, stopOrder } from "./application.ts";
import { lockDataFolder } from "./data-lock.ts";
import { helpText, parseArguments } from "./flags.ts";
import { forTerminal, parseLogLine } from "./log-lines.ts";
import { onceAskedToStop } from "./stop-requests.ts";
import { Steps } from "./steps.ts";
import { Supervisor } from "./supervisor.ts";

/** Log lines of workers: for a person in a terminal, as they are elsewhere. */
function onLine(name: string, line: string): void {
  const shown = process.stdout.isTTY ? forTerminal(name, line) : parseLogLine(line) && line;
  if (shown !== null) console.log(shown);
}

function report(error: unknown): void {
  const known = error instanceof TapedeckError || !(error instanceof Error);
  console.error(`\n${known ? errorMessage(error) : (error.stack ?? error.message)}\n`);
}

/** `npm start`: everything, until Ctrl-C. */
async function main(): Promise<number> {
  const given = parseArguments(process.argv.slice(2));
  if (given.help) {
    console.log(helpText());
    return 0;
  }
  const environment = { ...process.env, ...given.environment };
  const config = readConfig(environment);
  const steps = new Steps((line) => console.log(line));
  const say = (line: string): void => steps.say(line);
  const lock = await lockDataFolder(resolve(config.TAPEDECK_DATA), say);
  const supervisor = new Supervisor({ say, record: (name, pid) => lock.record(name, pid) });
  const asked = onceAskedToStop(async () => {
    await supervisor.kill();
    lock.release();
    process.exit(130);
  });
  const started = startApplication({ config, environment, supervisor, steps, onLine });
  let code = 0;
  try {
    await Promise.race([asked, Promise.all([started, supervisor.failed])]);
    say("stopping: pages, collectors, aggregation, engines; Ctrl-C once more kills them");
  } catch (error) {
    report(error);
    code = 1;
  }
  await supervisor.stop(stopOrder(config));
  await Promise.allSettled([started]);
  lock.release();
  say("stopped; the next start continues here");
  return code;
}

try {
  process.exit(await main());
} catch (error) {
  report(error);
  process.exit(1);
}
