import { setTimeout as sleep } from "node:timers/promises";

/** Does `work` now and then every so many milliseconds until the signal aborts; a failure is told and ends nothing. Never rejects. */
export async function repeat(
  milliseconds: number,
  signal: AbortSignal,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch(failed);
    await sleep(milliseconds, null, { signal }).catch(() => undefined);
  }
}
