import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { firstFailure, minimalFailure, seedsFrom } from "./first-failure.ts";

const HELP = `npm run simulate -- [--seed N] [--schedules M] [--processes P]

Runs the real collector, engine, store and bulk writer over a simulated exchange, log, server and topic, under M random schedules of faults
(default 100,000) from seed N on (default 1). Ends with 1 at the first that leaves something other than the log says, or a log that says
something other than the exchange traded, and prints a minimal one.`;

/** Schedules that a process gets at a time. */
const SHARE = 500;
const SAY_EVERY = 5000;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    schedules: { type: "string", default: "100000" },
    processes: { type: "string", default: String(availableParallelism()) },
    help: { type: "boolean" },
  },
});
const [seed = 0, schedules = 0, processes = 0] = [values.seed, values.schedules, values.processes].map(Number);
if (values.help) {
  console.log(HELP);
} else if (process.send) {
  // One of several: runs what it is sent.
  process.on("message", ([first, count]: [number, number]) => {
    void firstFailure(seedsFrom(first, count)).then((failure) => process.send?.(failure?.seed ?? null));
  });
} else if (![seed, schedules, processes].every((each) => Number.isInteger(each) && each > 0)) {
  console.error(`--seed, --schedules and --processes are whole numbers above 0.\n\n${HELP}`);
  process.exitCode = 2;
} else {
  const failing = await runAll();
  if (failing === null) console.log(`${schedules} schedules from seed ${seed} on: nothing differs from the log`);
  else {
    console.log(`seed ${failing} goes wrong; the smallest part of its schedule that does:`);
    console.log(await minimalFailure(failing));
    process.exitCode = 1;
  }
}

/** The lowest seed that is known to fail, null when none does. */
async function runAll(): Promise<number | null> {
  const began = performance.now();
  let next = 0;
  let done = 0;
  let failing: number | null = null;
  const say = setInterval(() => {
    const rate = done / ((performance.now() - began) / 1000);
    const left = rate > 0 ? `, ${Math.ceil((schedules - done) / rate)} s left` : "";
    console.log(`${done} of ${schedules}, ${rate.toFixed(0)} a second${left}`);
  }, SAY_EVERY);
  const work = (child: ChildProcess): Promise<void> =>
    new Promise((resolve, reject) => {
      const give = (): void => {
        if (failing !== null || next >= schedules) {
          child.kill();
          resolve();
          return;
        }
        const count = Math.min(SHARE, schedules - next);
        child.send([seed + next, count]);
        next += count;
        child.once("message", (found: number | null) => {
          done += count;
          if (found !== null) failing = Math.min(found, failing ?? Infinity);
          give();
        });
      };
      child.once("exit", (code) => reject(new Error(`A process ended with ${code}`)));
      give();
    });
  try {
    await Promise.all(Array.from({ length: processes }, () => work(fork(import.meta.filename))));
    return failing;
  } finally {
    clearInterval(say);
  }
}
