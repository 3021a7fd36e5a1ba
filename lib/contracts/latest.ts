import { z } from "zod";
import { channelSchema, microsSchema, reasonSchema, symbolSchema } from "./ticks.ts";

/** A print of time and sales. */
export const printSchema = z.object({
  id: z.int().nonnegative(),
  time: microsSchema,
  price: z.number(),
  size: z.number(),
  side: z.enum(["buy", "sell"]).nullable(),
  conditions: z.array(z.string()).optional(),
});

/** A print far outside the market, which counts only if an operator accepts it. */
export const heldPrintSchema = z.object({
  id: z.int().nonnegative(),
  idSpace: z.string().optional(),
  time: microsSchema,
  price: z.number(),
  size: z.number(),
  /** Inside these it would not have been held. */
  low: z.number(),
  high: z.number(),
  conditions: z.array(z.string()).optional(),
});

/** A symbol does not trade: since when, and why where its source says so. */
export const haltedSchema = z.object({ since: microsSchema, reason: reasonSchema.nullable() });

/** The most prints that one `latest` line carries; the others are counted in `skipped`. */
export const MAX_PRINTS_PER_LINE = 20;

/**
 * A line of the topic `latest` (at most 10 a second each symbol) and the document of the index `latest` (its newest).
 * An output of the engine, never read back by it. (epoch, offset, line) is its version.
 */
export const latestLineSchema = z.object({
  symbol: symbolSchema,
  channel: channelSchema,
  /** Event time of the newest trade or quote; of a symbol that had neither yet, of what was last said of its halt. */
  time: microsSchema,
  receivedTime: microsSchema,
  /** Last trade, by event time then id; null before the first. */
  price: z.number().nullable(),
  size: z.number().nullable(),
  side: z.enum(["buy", "sell"]).nullable(),
  tradeTime: microsSchema.nullable(),
  bid: z.number().nullable(),
  bidSize: z.number().nullable(),
  ask: z.number().nullable(),
  askSize: z.number().nullable(),
  /** The forming 1d window of the regular session. */
  dayStart: microsSchema.nullable(),
  dayOpen: z.number().nullable(),
  dayHigh: z.number().nullable(),
  dayLow: z.number().nullable(),
  dayVolume: z.number().nullable(),
  dayVwap: z.number().nullable(),
  dayTrades: z.int().nonnegative().nullable(),
  /** Prints since the line before, newest last; absent in the stored document. */
  prints: z.array(printSchema).max(MAX_PRINTS_PER_LINE).optional(),
  skipped: z.int().nonnegative().optional(),
  /** Its source numbers no trades: those that say the same are taken for the same. */
  byContent: z.literal(true).optional(),
  /** Prints that wait for an operator, in the order in which they came; absent where there is none. */
  held: z.array(heldPrintSchema).optional(),
  /** Absent while it trades. */
  halted: haltedSchema.optional(),
  watermark: microsSchema.nullable(),
  epoch: z.int().positive(),
  offset: z.int().nonnegative(),
  line: z.int().nonnegative(),
});

export type Print = z.infer<typeof printSchema>;
export type Halted = z.infer<typeof haltedSchema>;
export type HeldPrint = z.infer<typeof heldPrintSchema>;
export type LatestLine = z.infer<typeof latestLineSchema>;
