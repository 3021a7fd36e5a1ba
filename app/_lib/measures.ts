import type { Coverage, Distribution, Measure } from "#lib/contracts/distribution-views.ts";
import { quantity } from "./format.ts";

/** What can be computed again from single trades. */
export type Verifiable = "size" | "notional" | "price";

export interface MeasureKind {
  measure: Measure;
  words: string;
  title: string;
  /** What is counted, of one and of many; null where the title says it. */
  counted: readonly [string, string] | null;
  /** Numbers are shown times this. */
  factor: number;
  /** Of the numbers, where it is not the trades' own. */
  unit: string | null;
  /** What the numbers are, where the title does not say it. */
  explained?: string;
}

export const MEASURE_KINDS: readonly MeasureKind[] = [
  { measure: "size", words: "Sizes", title: "Trade sizes", counted: null, factor: 1, unit: null },
  { measure: "notional", words: "Amounts", title: "Amounts of money", counted: null, factor: 1, unit: null },
  { measure: "price", words: "Prices", title: "Volume by price", counted: null, factor: 1, unit: null },
  {
    measure: "spread",
    words: "Spreads",
    title: "Spreads",
    counted: ["second", "seconds"],
    factor: 1,
    unit: null,
    explained: "Ask minus bid, at the first quote of each second",
  },
  {
    measure: "return",
    words: "Moves",
    title: "Moves",
    counted: ["minute", "minutes"],
    factor: 10_000,
    unit: "bp",
    explained: "From the close of a minute to that of the next, up or down, in basis points",
  },
];

export function isVerifiable(measure: Measure): measure is Verifiable {
  return measure === "size" || measure === "notional" || measure === "price";
}

/** The same distribution of numbers `factor` times as large. */
export function scaled<T extends Pick<Distribution, "bins" | "percentiles">>(distribution: T, factor: number): T {
  if (factor === 1) return distribution;
  return {
    ...distribution,
    bins: distribution.bins.map(({ from, to, count }) => ({ from: from * factor, to: to * factor, count })),
    percentiles: distribution.percentiles.map(({ percentile, estimate }) => ({
      percentile,
      estimate: {
        ...estimate,
        value: estimate.value * factor,
        lower: estimate.lower * factor,
        upper: estimate.upper * factor,
      },
    })),
  };
}

const BARS: Readonly<Record<Coverage["interval"], string>> = {
  "1s": "seconds",
  "1m": "minutes",
  "5m": "5m bars",
  "1h": "hours",
  "1d": "days",
};

/** How much of a range the sketches know; null where they know all of it, or there is nothing to know. */
export function coverageWords(coverage: Coverage | null): string | null {
  if (!coverage || coverage.whole === coverage.bars) return null;
  const { interval, bars, whole, part } = coverage;
  const inPart = part === 0 ? "" : `, ${quantity(part)} of them in part`;
  const rest = whole + part === bars ? "" : "; the rest is history without trades";
  return `Sketches cover ${quantity(whole + part)} of ${quantity(bars)} ${BARS[interval]}${inPart}${rest}`;
}
