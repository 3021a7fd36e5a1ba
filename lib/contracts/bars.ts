import { z } from "zod";
import { channelSchema, intervalSchema, microsSchema, sessionSchema, symbolSchema } from "./ticks.ts";

/** `early`: the window is open. `final`: it has just closed. `late`: a correction after that. */
export const FIRINGS = ["early", "final", "late"] as const;

/** Which part of the log a bar was computed from. Offsets are those of frames, lines count from 0 within one. */
export const lineageSchema = z.object({
  channel: channelSchema,
  partition: z.int().nonnegative(),
  firstOffset: z.int().nonnegative(),
  firstLine: z.int().nonnegative(),
  lastOffset: z.int().nonnegative(),
  lastLine: z.int().nonnegative(),
  /** Event times of the first and last trade of the window. */
  firstTime: microsSchema,
  lastTime: microsSchema,
});

/** What every bar says, wherever it is stored or sent. */
export const barSchema = z.object({
  symbol: symbolSchema,
  interval: intervalSchema,
  start: microsSchema,
  /** It holds what lies before; whole windows of a session's end may be shorter than their interval. */
  end: microsSchema,
  /** The part of the day in which it lies wholly; "regular" on calendars without parts. */
  session: sessionSchema,
  /** null, all four, while no trade of it may give it a price: it is then a bar for nobody but the engine. */
  open: z.number().nullable(),
  high: z.number().nullable(),
  low: z.number().nullable(),
  close: z.number().nullable(),
  volume: z.number(),
  /** null where no size was traded. */
  vwap: z.number().nullable(),
  trades: z.int().nonnegative(),
  buyVolume: z.number(),
  /** Last best bid and ask within the window, where there were quotes. */
  bid: z.number().nullable(),
  ask: z.number().nullable(),
  spreadMin: z.number().nullable(),
  spreadMax: z.number().nullable(),
  /** The window has closed: its end lies at or before the symbol's watermark. */
  final: z.boolean(),
  /** Every trade of the window is known to be in it: it began after the symbol became complete and has no hole. */
  complete: z.boolean(),
  /** Counts corrections after the close, never emissions. */
  revision: z.int().nonnegative(),
  lineage: lineageSchema,
});

/** A line of the topic `bars`. (epoch, offset, line) is its version; a reader drops what is older than what it holds. */
export const barLineSchema = barSchema.extend({
  firing: z.enum(FIRINGS),
  epoch: z.int().positive(),
  offset: z.int().nonnegative(),
  line: z.int().nonnegative(),
});

export type Lineage = z.infer<typeof lineageSchema>;
export type Bar = z.infer<typeof barSchema>;
/** One that has a price. */
export type PricedBar = Bar & Record<"open" | "high" | "low" | "close", number>;

/** Whether a bar has a price: without one it is a bar for the engine alone. */
export function isPriced<T extends Bar>(bar: T): bar is T & PricedBar {
  return bar.close !== null;
}

export type Firing = (typeof FIRINGS)[number];
export type BarLine = z.infer<typeof barLineSchema>;

/** The `_id` of a built bar in Elasticsearch; a bar that a source gave has `|given` behind it. */
export function barId(symbol: string, interval: string, start: number): string {
  return `${symbol}|${interval}|${start}`;
}
