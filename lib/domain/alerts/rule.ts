import { type Interval, SECOND, type Micros } from "../interval.ts";

/** Which way a price moves. */
export const DIRECTIONS = ["up", "down", "either"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The bars at whose close a rule may be judged, or whose volume it counts. */
export const ALERT_INTERVALS = ["1m", "5m", "1h", "1d"] as const satisfies readonly Interval[];
export type AlertInterval = (typeof ALERT_INTERVALS)[number];

/**
 * What is watched for. `cross`: the price before lay on one side of the level, this one lies on it or on the other. `above` and `below`: it
 * lies on the level or beyond, however it came there. `change`: in percent of the price so many minutes before. `volume`: of one bar, at least.
 */
export type Condition =
  | { kind: "cross"; level: number; direction: Direction }
  | { kind: "above" | "below"; level: number }
  | { kind: "change"; percent: number; minutes: number; direction: Direction }
  | { kind: "volume"; amount: number };

/** How often a rule fires. `close`: judged where bars close, and there alone. `every`: whenever it holds, with a pause of event time between. */
export type Frequency = { kind: "once" } | { kind: "close" } | { kind: "every"; seconds: number };

/** What a rule says about the market. */
export interface Rule {
  symbol: string;
  condition: Condition;
  frequency: Frequency;
  interval: AlertInterval;
  /** `regular`: pre- and post-market and closed hours are not looked at. */
  session: "regular" | "all";
  /** It fires no more for what happens after this. */
  expires: Micros | null;
}

/** What is known of a bar at one moment. */
export interface AlertBar {
  interval: Interval;
  start: Micros;
  session: string;
  high: number;
  low: number;
  close: number;
  volume: number;
  trades: number;
  final: boolean;
  /** Event time of its last trade; of a closed bar its end. */
  time: Micros;
  /** By how much that is older than the moment at which it was told. */
  age: Micros;
  /** The last trade in it, as the log of ticks has it. */
  epoch: number;
  offset: number;
  line: number;
}

/** What is older than this when it is told is stale: it fires nothing, and the next fresh price is compared with the last fresh one. */
export const STALE_AFTER: Micros = 30 * SECOND;

/** Which bars a rule follows: forming minutes for prices, bars of its own interval for their volume and where closes are judged. */
export function followedInterval({ condition, frequency, interval }: Rule): AlertInterval {
  if (condition.kind === "change") return "1m";
  return condition.kind === "volume" || frequency.kind === "close" ? interval : "1m";
}
