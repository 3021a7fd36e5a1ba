import type { Micros } from "../domain/interval.ts";
import { steadyNow } from "../feeds/source/source-clock.ts";

/** The same moment by both of our clocks. */
export interface Moment {
  wall: Micros;
  steady: Micros;
}

/** Time and chance, passed in, so that a test or a simulation drives both. */
export interface Clock {
  /** Our wall clock: leases of several machines are compared by it. */
  now(): Micros;
  /** Runs on evenly when somebody sets the wall clock; says nothing about the time of day. */
  steady(): Micros;
  /** Runs once after `length`; what it returns cancels it. */
  after(length: Micros, run: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now() * 1_000,
  steady: steadyNow,
  after: (length, run) => {
    const timer = setTimeout(run, Math.ceil(length / 1_000));
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

export function momentOf(clock: Clock): Moment {
  return { wall: clock.now(), steady: clock.steady() };
}

/** Resolves after `length`, or as soon as the signal aborts; never rejects. */
export function sleep(clock: Clock, length: Micros, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      cancel();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.after(length, end);
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Asked anew each time: the compiler takes an answer to hold across an await. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
