"use client";
import { describeError } from "../_lib/errors.ts";
import { quantity } from "../_lib/format.ts";
import type { Verifiable } from "../_lib/measures.ts";
import { goneWords, readingWords } from "../_lib/range-words.ts";
import { useZone } from "../_live/zone.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";
import type { TimeRange } from "./use-distribution.ts";
import { useVerification, type VerificationState } from "./use-verification.ts";

interface VerificationLineProps {
  symbol: string;
  measure: Verifiable;
  range: TimeRange;
}

/** The button that computes a range again from the log, its progress, and what came of it. */
export function VerificationLine({ symbol, measure, range }: VerificationLineProps) {
  const verification = useVerification(symbol, measure, range);
  const zone = useZone();
  const { running, start } = verification;
  return (
    <>
      <button type="button" className="btn edge" disabled={running} onClick={start}>
        {running ? "Verifying" : "Verify exactly"}
      </button>
      <output className="dim" aria-label="Verification">
        {words(zone, verification)}
      </output>
    </>
  );
}

function words(zone: ZoneClock, { result, error, running }: VerificationState): string {
  if (error !== null) return describeError(error).message;
  if (!result) return running ? "Asking the log" : "";
  if (result.state === "reading") return readingWords(result);
  if (result.state === "gone") return goneWords(zone, result.since);
  const { stored, exact, same, percentiles, records } = result;
  const off = percentiles.flatMap((one) =>
    one.exact === null || one.exact === 0 ? [] : [Math.abs(one.estimate.value / one.exact - 1)],
  );
  const worst = off.length > 0 ? `; percentiles off by ${(Math.max(...off) * 100).toPrecision(2)} % at most` : "";
  const read = `${quantity(records)} records read`;
  if (same) return `Same to the bit, from ${read}${worst}`;
  return `${quantity(exact)} in the log, ${quantity(stored)} here, from ${read}${worst}`;
}
