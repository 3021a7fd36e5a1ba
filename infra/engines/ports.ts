import { createServer } from "node:net";
import { TapedeckError } from "#lib/errors.ts";

/** Whether a server could listen there now. */
export async function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  server.once("error", () => resolve(false));
  server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  return promise;
}

/** What is said of a port that somebody else holds. */
export function portInUse(port: number, use: string, variable: string): TapedeckError {
  return new TapedeckError(
    "BAD_CONFIGURATION",
    `Port ${port}, wanted for ${use}, is in use. Stop what listens there, or choose another one: ${variable}=‹port› ` +
      `(or the flag of the same meaning, see npm start -- --help).`,
  );
}

/** Throws BAD_CONFIGURATION naming the port, its use and the variable that changes it. */
export async function assertFree(port: number, use: string, variable: string, host = "127.0.0.1"): Promise<void> {
  if (!(await isFree(port, host))) throw portInUse(port, use, variable);
}

const FIRST = 21_000;
const LAST = 31_000; // below the range from which systems take the ports of outgoing connections

/** The first of `count` consecutive free ports, for tests. */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const base = FIRST + Math.floor(Math.random() * (LAST - FIRST - count));
    const wanted = Array.from({ length: count }, (_, index) => base + index);
    const free = await Promise.all(wanted.map((port) => isFree(port)));
    if (free.every(Boolean)) return base;
  }
  throw new TapedeckError("UNAVAILABLE", `No ${count} consecutive free ports between ${FIRST} and ${LAST}`);
}
