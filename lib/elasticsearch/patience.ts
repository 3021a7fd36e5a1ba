import { setTimeout as sleep } from "node:timers/promises";
import { backoff } from "../domain/backoff.ts";

const RETRY = { first: 100, most: 2000 };

/** Waits before a request is made again, after so many attempts; resolves at once when the signal aborts. Never rejects. */
export type Patience = (tries: number, signal: AbortSignal) => Promise<void>;

/** Longer after each attempt, up to two seconds, with jitter. */
export const patient: Patience = async (tries, signal) => {
  await sleep(backoff(tries, RETRY, Math.random()), null, { signal }).catch(() => undefined);
};
