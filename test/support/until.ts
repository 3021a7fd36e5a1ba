import { setTimeout as sleep } from "node:timers/promises";

/** Waits until something holds; fails after `limit` milliseconds, with its source as the message. */
export async function until(holds: () => boolean | Promise<boolean>, limit = 15_000): Promise<void> {
  const deadline = performance.now() + limit;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Not within ${limit} ms: ${holds.toString()}`);
    await sleep(20);
  }
}
