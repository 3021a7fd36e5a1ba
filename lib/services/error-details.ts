import type { TickerRow } from "../contracts/views.ts";
import { TapedeckError, type ErrorCode } from "../errors.ts";
import type { SourceListing } from "../feeds/feed.ts";

/** What a refusal carries besides its code and message, so that the page can offer a way on. */
export interface ErrorDetails {
  /** CONFLICT: the row as it is now. */
  newest?: TickerRow;
  /** NOT_FOUND at a source: what it has instead. */
  suggestions?: SourceListing[];
  /** NOT_FOUND of a former ticker: the symbol under which it goes on. */
  renamedTo?: string;
}

const DETAILS = Symbol.for("tapedeck.error-details");

/** A TapedeckError that carries details. */
export function detailedError(code: ErrorCode, message: string, details: ErrorDetails): TapedeckError {
  return Object.assign(new TapedeckError(code, message), { [DETAILS]: details });
}

/** The details of any thrown value, null where it has none. */
export function errorDetails(error: unknown): ErrorDetails | null {
  if (!(error instanceof Error)) return null;
  // Only `detailedError` sets this symbol.
  return (error as Error & { [DETAILS]?: ErrorDetails })[DETAILS] ?? null;
}
