import { MAX_LINE_BYTES, tickLineSchema, type TickLine } from "../contracts/ticks.ts";
import { errorMessage } from "../errors.ts";
import type { Verdict } from "./frame.ts";

export type ParsedLine = { line: TickLine } | { verdict: Verdict };

const MOST_DETAIL = 300;

/** The whole truth about a line: JSON, then the schema. The scanner takes the ordinary ticks before it comes to this. */
export function parseLine(bytes: Buffer): ParsedLine {
  if (bytes.length > MAX_LINE_BYTES) return tooLong(`${bytes.length} bytes, at most ${MAX_LINE_BYTES}`);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    return malformed(errorMessage(error));
  }
  const parsed = tickLineSchema.safeParse(value);
  if (parsed.success) return { line: parsed.data };
  const [issue] = parsed.error.issues;
  return malformed(issue ? `${issue.path.join(".")}: ${issue.message}` : parsed.error.message);
}

export function tooLong(detail: string): { verdict: Verdict } {
  return { verdict: { reason: "too-long", detail } };
}

function malformed(detail: string): { verdict: Verdict } {
  return { verdict: { reason: "malformed", detail: detail.slice(0, MOST_DETAIL) } };
}
