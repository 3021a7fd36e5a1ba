import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#lib/api/router.ts";
import type { ErrorDetails } from "#lib/services/error-details.ts";

export interface DescribedError {
  message: string;
  /** Ours where the server answered, UNREACHABLE where nobody did. */
  code: string;
  details: ErrorDetails | null;
}

const isApiError = (error: unknown): error is TRPCClientError<AppRouter> => error instanceof TRPCClientError;

/** What a failed request says to a reader. */
export function describeError(error: unknown): DescribedError {
  if (!isApiError(error)) return { message: "Something failed on this page.", code: "INTERNAL", details: null };
  const { data } = error;
  if (!data) return { message: "The server cannot be reached.", code: "UNREACHABLE", details: null };
  return { message: error.message, code: data.reason, details: data.details };
}
