import { INTERVAL_LENGTH, type Micros } from "../interval.ts";
import { barsBefore, type IndicatorSpec } from "./spec.ts";
import type { IndicatorContext } from "./values.ts";

/** What must be read before a range for its values to depend on nothing but the market. */
export interface Lead {
  /** So many closed bars. */
  bars: number;
  /** And back to here, inclusive. */
  from: Micros;
}

/** A session is read back to its beginning when that is at most so many windows away. */
const MOST_WINDOWS = 5_000;

/** The lead of a range whose first bar begins at `start`. */
export function leadOf(specs: readonly IndicatorSpec[], { calendar, interval }: IndicatorContext, start: Micros): Lead {
  const bars = Math.max(0, ...specs.map(barsBefore));
  if (interval === "1d" || !specs.some(({ kind }) => kind === "vwap")) return { bars, from: start };
  const session = calendar.segmentOf(start).start;
  const windows = (start - session) / INTERVAL_LENGTH[interval];
  return { bars, from: windows <= MOST_WINDOWS ? session : start };
}
