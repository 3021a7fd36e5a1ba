import type { Trouble } from "../../domain/failover/servers.ts";
import { errorCode, TapedeckError, type ErrorCode } from "../../errors.ts";

/** Why a server of a source does not serve: what it did, beside what a caller is told. */
export class ServerError extends TapedeckError {
  readonly trouble: Trouble;

  constructor(code: ErrorCode, trouble: Trouble, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
    this.trouble = trouble;
  }
}

/** What an error of a stream or a request says of the server that it came from. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ServerError) return error.trouble;
  const code = errorCode(error);
  if (code === "RATE_LIMITED") return "limited";
  if (code === "FORBIDDEN" || code === "UNAUTHORIZED") return "refused";
  return code === "TIMEOUT" ? "silent" : "closed";
}
