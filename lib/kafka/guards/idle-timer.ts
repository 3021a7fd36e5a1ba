import { createRequire } from "node:module";
import { patchOnce } from "./patch-once.ts";

interface RequestQueue {
  pending: unknown[];
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 arms a timer after every response even when nothing waits, with a negative delay, for ever (kafkajs#1751): two to
 * three percent of a core for each process that is doing nothing. With this, an empty queue arms none.
 */
export function guardIdleTimer(): void {
  const load = createRequire(import.meta.url);
  const { prototype } = load("kafkajs/src/network/requestQueue") as { prototype: RequestQueue };
  patchOnce(prototype, "scheduleCheckPendingRequests", (original) => {
    return function (this: RequestQueue): void {
      if (this.pending.length > 0) original.call(this);
    };
  });
}
