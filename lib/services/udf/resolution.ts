import { INTERVALS, type Interval } from "../../domain/interval.ts";

/** The intervals as the protocol names them: seconds with S, minutes bare, days with D. */
const NAMES: Readonly<Record<Interval, string>> = { "1s": "1S", "1m": "1", "5m": "5", "1h": "60", "1d": "1D" };

export const RESOLUTIONS: readonly string[] = INTERVALS.map((interval) => NAMES[interval]);

/** The interval of a resolution; clients leave the 1 before a letter out. Null where no such bars are kept. */
export function intervalOfResolution(resolution: string): Interval | null {
  const name = /^[A-Z]$/.test(resolution) ? `1${resolution}` : resolution;
  return INTERVALS.find((interval) => NAMES[interval] === name) ?? null;
}
