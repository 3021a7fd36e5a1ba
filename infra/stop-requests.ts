import { setInterval as every } from "node:timers/promises";
import { parentOf } from "./process-identity.ts";

/** A terminal sends Ctrl-C to npm and to us, and npm passes it on: what follows this soon is the same request. Milliseconds. */
const SAME_REQUEST = 1_000;

/**
 * Resolves at the first request to stop: SIGINT, SIGTERM, SIGHUP, or the npm that started us is gone. Another request after
 * that one calls `insist`.
 */
export async function onceAskedToStop(insist: () => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | null = null;
  const request = (): void => {
    if (first === null) {
      first = performance.now();
      resolve();
    } else if (performance.now() - first > SAME_REQUEST) void insist();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, request);
  if (process.env["npm_lifecycle_event"] !== undefined) void npmGone().then(request);
  await promise;
}

/** A signal that npm cannot pass on, `kill -9` above all, leaves its end as the only sign. Between npm and us may stand a shell. */
async function npmGone(): Promise<void> {
  const parent = process.ppid;
  const npm = parentOf(parent);
  const alive = (): boolean => process.ppid === parent && parentOf(parent) === npm;
  for await (const _ of every(1000, undefined, { ref: false })) if (!alive()) return;
}
