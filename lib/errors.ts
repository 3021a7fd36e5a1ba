/** Every way in which Tapedeck refuses or fails. Callers decide by code, never by message. */
export const ERROR_CODES = [
  "BAD_INPUT", // the caller must change the request
  "BAD_CONFIGURATION", // an environment variable, a flag or a seed file is wrong
  "NOT_FOUND",
  "CONFLICT", // somebody else changed it first: read again, then retry
  "UNAUTHORIZED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "UNAVAILABLE", // a server does not answer or is overloaded: retry later
  "TIMEOUT",
  "REFUSED", // going on would damage data: an operator has to decide
  "REJECTED", // a store or broker refused this write for good
  "UNSUPPORTED", // this source cannot do that
  "INTERNAL",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error with a closed code. The message says what happened and what to do next. */
export class TapedeckError extends Error {
  override readonly name = "TapedeckError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The code of any thrown value; what is not ours is INTERNAL. Known by name: a bundler may have made a second class of TapedeckError. */
export function errorCode(error: unknown): ErrorCode {
  if (!(error instanceof Error) || error.name !== "TapedeckError" || !("code" in error)) return "INTERNAL";
  return ERROR_CODES.find((code) => code === error.code) ?? "INTERNAL";
}

/** The message of any thrown value, for logs and reports. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
