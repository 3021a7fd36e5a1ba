import { errorMessage } from "./errors.ts";
import type { Log } from "./log.ts";

interface Step {
  name: string;
  run: () => Promise<void>;
}

interface State {
  aborted: AbortController;
  steps: Step[];
  listening: boolean;
  ending: Promise<void> | null;
  log: Pick<Log, "info" | "error"> | null;
}

const STEP_LIMIT = 10_000;

/** One for the whole process, also where a bundler made a second copy of this module. */
const state = sharedState();

function sharedState(): State {
  const holder = globalThis as { [key: symbol]: State | undefined };
  return (holder[Symbol.for("tapedeck.shutdown")] ??= {
    aborted: new AbortController(),
    steps: [],
    listening: false,
    ending: null,
    log: null,
  });
}

/** Aborts at the first request to end, before any step runs: loops and waits hang on it. */
export function abortSignal(): AbortSignal {
  listen();
  return state.aborted.signal;
}

/**
 * Registers what has to be done before this process ends, on SIGTERM, SIGINT, SIGHUP, when the supervisor that started it
 * vanishes, or by `shutDown`. Steps run one after the other, the last registered first, each for at most `limit` ms.
 */
export function onShutdown(name: string, run: () => Promise<void>, limit = STEP_LIMIT): void {
  listen();
  state.steps.push({ name, run: () => within(name, run(), limit) });
}

/** Where the steps that fail are reported; standard error without it. */
export function logShutdown(to: Pick<Log, "info" | "error">): void {
  state.log = to;
}

/** Runs the steps and ends the process: with `code`, or with 1 when a step failed. Called again, it waits for the first. */
export function shutDown(reason: string, code = 0): Promise<void> {
  state.ending ??= end(reason, code);
  return state.ending;
}

function listen(): void {
  if (state.listening) return;
  state.listening = true;
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void shutDown(signal));
  // A supervisor holds a channel to what it started: when it is killed, the channel closes.
  if (process.connected) process.on("disconnect", () => void shutDown("the supervisor is gone"));
}

async function end(reason: string, code: number): Promise<void> {
  state.log?.info({ reason }, "shutting down");
  state.aborted.abort();
  let result = code;
  for (const step of state.steps.toReversed()) {
    try {
      await step.run();
    } catch (error) {
      result ||= 1;
      const message = `shutdown step ${step.name}: ${errorMessage(error)}`;
      if (state.log) state.log.error({ err: error }, message);
      else process.stderr.write(`${message}\n`);
    }
  }
  process.exit(result);
}

async function within(name: string, work: Promise<void>, limit: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${name} took longer than ${limit} ms`)), limit);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
