import { backoff } from "../domain/backoff.ts";
import type { Micros } from "../domain/interval.ts";
import type { ErrorCode } from "../errors.ts";

/** Milliseconds. */
const USUAL = { first: 500, most: 30_000 };
/** A source that counts our requests, or does not want us here, is left alone for longer. */
const UNWELCOME = { first: 60_000, most: 600_000 };

/** How long to wait before the next connection, `attempt` of them having failed in a row. */
export function reconnectDelay(code: ErrorCode, attempt: number, random: number): Micros {
  const isUnwelcome = code === "RATE_LIMITED" || code === "FORBIDDEN" || code === "UNAUTHORIZED";
  return Math.round(backoff(attempt, isUnwelcome ? UNWELCOME : USUAL, random) * 1_000);
}
