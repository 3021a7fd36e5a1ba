import type { Interval } from "../domain/interval.ts";

/** What pages get of ranges: distributions, samples and verifications. Times are integer microseconds. */

/** A value that is an approximation, with its bound and the number of documents it was merged from. */
export interface Estimate {
  value: number;
  lower: number;
  upper: number;
  confidence: number;
  method: string;
  documents: number;
}

/** What of a range is distributed: trades by size, by amount of money, by price (weighted by size); spreads; moves from minute to minute. */
export const MEASURES = ["size", "notional", "price", "spread", "return"] as const;
export type Measure = (typeof MEASURES)[number];

/** Bars of one interval that traded in a range. Those that are neither `whole` nor `part` were fetched as history: their trades are not known. */
export interface Coverage {
  interval: Interval;
  bars: number;
  whole: number;
  /** Some of their trades were collected; the source says that there were more. */
  part: number;
}

export interface Distribution {
  symbols: string[];
  measure: Measure;
  /** What the merged windows cover. */
  from: number;
  to: number;
  /** Numbers counted; of prices, the volume. */
  count: number;
  documents: number;
  /** Of the bars of the range, how many have their trades in the sketches; null where bars are all that is asked. */
  coverage: Coverage | null;
  /** Different venues of its whole hours and days, beside sizes; null where none is known. */
  venues: Estimate | null;
  percentiles: { percentile: number; estimate: Estimate }[];
  /** Histogram for drawing, on a logarithmic axis; of prices none. */
  bins: { from: number; to: number; count: number }[];
  /** Of prices alone. */
  profile: ProfileView | null;
}

/** Volume by price in rows of equal ratio, ascending. */
export interface ProfileView {
  rows: { lower: number; upper: number; volume: number }[];
  /** The row with the most volume, and the first and last of those around it that hold 70 %. */
  control: number;
  first: number;
  last: number;
  /** The prices of these, with the bounds of their rows. */
  pointOfControl: Estimate;
  valueLow: Estimate;
  valueHigh: Estimate;
}

/** A trade as the log has it, and where. */
export interface SampledTrade {
  time: number;
  price: number;
  size: number;
  side: "buy" | "sell" | null;
  venue: string | null;
  conditions: string[];
  offset: number;
  line: number;
}

/** How far a range has been read to draw a sample of its trades, and at the end that sample, by time. */
export type Sampling =
  | { state: "reading"; done: number; total: number }
  /** The log does not hold all of it any more: from this time on it does. */
  | { state: "gone"; since: number | null }
  /** `of`: trades of the range. */
  | { state: "done"; of: number; records: number; trades: SampledTrade[] };

/** How far a range has been computed again from the log, and at the end what that gave. */
export type Verification =
  | { state: "reading"; done: number; total: number }
  /** The log does not hold all of it any more: from this time on it does. */
  | { state: "gone"; since: number | null }
  | {
      state: "done";
      /** As the merged sketches say, and as the log says. */
      stored: number;
      exact: number;
      /** Records of the log that were read, and trades in them that came twice. */
      records: number;
      duplicates: number;
      /** Whether the log gives the same sketch to the bit. */
      same: boolean;
      /** `exact` is null where it lies outside the bound, or too many different values lie in it to be held. */
      percentiles: { percentile: number; estimate: Estimate; exact: number | null }[];
    };
