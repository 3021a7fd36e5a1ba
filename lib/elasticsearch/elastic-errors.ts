import { errors } from "@elastic/elasticsearch";
import { type ErrorCode, TapedeckError } from "../errors.ts";

interface ErrorBody {
  error?: { type?: string; reason?: string } | string;
}

/** Our code for an answer of the server. */
export function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return "UNAUTHORIZED";
    case 403:
      return "FORBIDDEN";
    case 404:
      return "NOT_FOUND";
    case 408:
      return "TIMEOUT";
    case 409:
      return "CONFLICT";
    default:
      return status === 429 || status >= 500 ? "UNAVAILABLE" : "REJECTED";
  }
}

/** An error of the client as one of ours; our own pass unchanged. */
export function asTapedeckError(error: unknown, doing: string): Error {
  if (error instanceof Error && error.name === "TapedeckError") return error;
  if (error instanceof errors.ResponseError) {
    const text = `${doing}: Elasticsearch answered ${error.statusCode ?? 0}, ${reasonOf(error)}`;
    return new TapedeckError(codeOfStatus(error.statusCode ?? 500), text, { cause: error });
  }
  if (error instanceof errors.TimeoutError) {
    return new TapedeckError("TIMEOUT", `${doing}: Elasticsearch did not answer in time`, { cause: error });
  }
  if (error instanceof errors.ElasticsearchClientError) {
    return new TapedeckError("UNAVAILABLE", `${doing}: Elasticsearch is not reachable, ${error.message}`, {
      cause: error,
    });
  }
  return new TapedeckError("INTERNAL", `${doing}: ${String(error)}`, { cause: error });
}

export function isMissing(error: unknown): boolean {
  return error instanceof errors.ResponseError && error.statusCode === 404;
}

/** Whether the server answers, but has no shard to read from yet. */
export function isStarting(error: unknown): boolean {
  return error instanceof errors.ResponseError && error.statusCode === 503;
}

/** The server's type of an error, `resource_already_exists_exception` for one; null where it gave none. */
export function typeOf(error: unknown): string | null {
  const response = error instanceof TapedeckError ? error.cause : error;
  if (!(response instanceof errors.ResponseError)) return null;
  const { error: body } = (response.body ?? {}) as ErrorBody;
  return typeof body === "object" ? (body.type ?? null) : null;
}

function reasonOf(error: errors.ResponseError): string {
  const { error: body } = (error.body ?? {}) as ErrorBody;
  return typeof body === "object" ? `${body.type ?? ""} ${body.reason ?? ""}`.trim() : (body ?? error.message);
}
