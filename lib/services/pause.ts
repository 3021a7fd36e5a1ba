import type { Micros } from "../domain/interval.ts";

/** Resolves after `length`, or as soon as the signal aborts. */
export function pause(length: Micros, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, length / 1_000);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
