import { TRPCError } from "@trpc/server";
import type { Log } from "../log.ts";
import { publicError } from "./error-mapping.ts";

/** Writes down what callers are not told: errors that are not one of ours. */
export function logInternal(log: Pick<Log, "error">, error: unknown): void {
  if (publicError(error).code !== "INTERNAL") return;
  log.error({ err: error instanceof TRPCError ? (error.cause ?? error) : error }, "a request failed");
}
