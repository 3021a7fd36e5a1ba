import { TapedeckError } from "../errors.ts";

/** What to do about a failed request: send it again, send it again under a new producer id, or give up. */
export type Verdict = "again" | "renew" | "never";

/** The broker has forgotten, or disagrees with, the sequence of this producer: a new one starts from zero. */
const RENEW = new Set([
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "UNKNOWN_PRODUCER_ID",
  "INVALID_PRODUCER_EPOCH",
  "INVALID_PRODUCER_ID_MAPPING",
]);

/** The same bytes will never be taken. */
const NEVER = new Set([
  "MESSAGE_TOO_LARGE",
  "RECORD_LIST_TOO_LARGE",
  "INVALID_RECORD",
  "INVALID_TOPIC_EXCEPTION",
  "INVALID_REQUIRED_ACKS",
  "INVALID_TIMESTAMP",
  "UNSUPPORTED_FOR_MESSAGE_FORMAT",
  "UNSUPPORTED_COMPRESSION_TYPE",
  "POLICY_VIOLATION",
]);

/** The protocol's name of an error, from the innermost cause that has one; null for connection faults and the like. */
export function protocolType(error: unknown): string | null {
  let found: string | null = null;
  for (let each = error; each instanceof Error; each = each.cause) {
    const { type } = each as { type?: unknown };
    if (typeof type === "string") found = type;
  }
  return found;
}

/** Judges a failed produce request by its code. Unknown faults are passing ones: nothing is lost by trying again. */
export function produceVerdict(error: unknown): Verdict {
  const type = protocolType(error);
  if (type === null) return "again";
  if (RENEW.has(type)) return "renew";
  return NEVER.has(type) ? "never" : "again";
}

/** An error of kafkajs as one of ours; our own pass unchanged. */
export function asTapedeckError(error: unknown, doing: string): Error {
  if (error instanceof Error && error.name === "TapedeckError") return error;
  const type = protocolType(error);
  const reason = error instanceof Error ? error.message : String(error);
  const text = `${doing}: ${type === null ? reason : `${type}, ${reason}`}`;
  if (type === null) return new TapedeckError("UNAVAILABLE", text, { cause: error });
  if (type === "UNKNOWN_TOPIC_OR_PARTITION") return new TapedeckError("NOT_FOUND", text, { cause: error });
  if (type.endsWith("_AUTHORIZATION_FAILED")) return new TapedeckError("FORBIDDEN", text, { cause: error });
  if (type.startsWith("SASL_") || type.endsWith("SASL_MECHANISM")) {
    return new TapedeckError("UNAUTHORIZED", text, { cause: error });
  }
  if (NEVER.has(type)) return new TapedeckError("REJECTED", text, { cause: error });
  return new TapedeckError("UNAVAILABLE", text, { cause: error });
}
