import { z } from "zod";

/** Digits of epoch seconds, milliseconds and microseconds, told apart by how large they are. */
const MILLISECONDS_FROM = 1e11;
const MICROSECONDS_FROM = 1e14;

/** ISO 8601 (UTC where no zone is given) or epoch s, ms or µs, as integer microseconds. */
export const timeSchema = z
  .string()
  .transform((text, context) => {
    const micros = /^\d+(\.\d+)?$/.test(text) ? epochMicros(Number(text)) : isoMicros(text);
    if (Number.isSafeInteger(micros) && micros >= 0) return micros;
    context.addIssue({ code: "custom", message: "must be a time in ISO 8601 or epoch s, ms or µs" });
    return z.NEVER;
  })
  .meta({ description: "ISO 8601 (UTC where no zone is given), or the epoch in s, ms or µs" });

function epochMicros(value: number): number {
  if (value >= MICROSECONDS_FROM) return Math.round(value);
  return Math.round(value * (value >= MILLISECONDS_FROM ? 1e3 : 1e6));
}

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** ISO 8601, UTC where no zone is given, as microseconds; NaN where it is none. */
export function isoMicros(text: string): number {
  const [, clock, , , zone] = ISO.exec(text) ?? [];
  if (!ISO.test(text)) return Number.NaN;
  // A date and time without a zone would be read in this machine's zone.
  return Date.parse(clock !== undefined && zone === undefined ? `${text}Z` : text) * 1_000;
}
