import { INTERVALS, isInterval, type Interval } from "#lib/domain/interval.ts";
import { isoSecond } from "./clock.ts";

export type ChartType = "candles" | "line";

/** What the address of a symbol's page keeps. */
export interface ChartLink {
  interval: Interval;
  type: ChartType;
  /** Bars in sight; null: as many as fit at the usual size. */
  bars: number | null;
  /** Start of the rightmost bar, microseconds; null: the newest, wherever that is. */
  to: number | null;
}

const DEFAULT_INTERVAL: Interval = "5m";
const MOST_BARS = 2_000;

type Parameters = Readonly<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? "";

/** Anything that is not understood is as if it were not there. */
export function parseChartLink(parameters: Parameters): ChartLink {
  const interval = one(parameters["interval"]);
  const bars = Number.parseInt(one(parameters["bars"]), 10);
  const to = Date.parse(one(parameters["to"]));
  return {
    interval: isInterval(interval) ? interval : DEFAULT_INTERVAL,
    type: one(parameters["type"]) === "line" ? "line" : "candles",
    bars: bars > 0 && bars <= MOST_BARS ? bars : null,
    to: Number.isFinite(to) ? to * 1_000 : null,
  };
}

/** The address's query, with `?`; empty where everything is as usual. */
export function formatChartLink({ interval, type, bars, to }: ChartLink): string {
  const parameters = new URLSearchParams();
  if (interval !== DEFAULT_INTERVAL) parameters.set("interval", interval);
  if (type !== "candles") parameters.set("type", type);
  if (bars !== null) parameters.set("bars", String(bars));
  if (to !== null) parameters.set("to", isoSecond(to));
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}

/** `1` to `5`. */
export function intervalOfKey(key: string): Interval | null {
  return /^[1-5]$/.test(key) ? (INTERVALS[Number(key) - 1] ?? null) : null;
}
