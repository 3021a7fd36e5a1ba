import { z } from "zod";
import { CALENDARS, SESSIONS } from "../domain/calendar/calendar.ts";
import { PROFILES } from "../domain/eligibility/eligibility.ts";
import { LEAST_PRINTS, MOST_PRINTS } from "../domain/guard/band.ts";
import { INTERVALS } from "../domain/interval.ts";
import { SYMBOL_PATTERN } from "../domain/symbol.ts";

/**
 * The lines of the topic `ticks`. A message is a frame: one or more JSON lines separated by "\n".
 * Times are integer microseconds since the epoch. Prices and sizes are JSON numbers.
 */
export const TICKS_SCHEMA_VERSION = "1";

/** The largest line and frame that any reader accepts. */
export const MAX_LINE_BYTES = 16_384;
export const MAX_FRAME_BYTES = 262_144;
/** The largest `config` a collector writes at once; more symbols become more channels. */
export const MAX_CHANNEL_SYMBOLS = 2_000;

export const symbolSchema = z.string().regex(SYMBOL_PATTERN);
export const microsSchema = z
  .int()
  .nonnegative()
  .meta({ format: "micros", description: "microseconds since the epoch" });
export const channelSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
export const intervalSchema = z.enum(INTERVALS);
export const calendarSchema = z.enum(CALENDARS);
export const profileSchema = z.enum(PROFILES);
export const sessionSchema = z.enum(SESSIONS);
/**
 * The largest price and size that is believed: far above every market's, and far below what would make a sum of products of them infinite,
 * which no document can hold.
 */
export const MOST_AMOUNT = 1e18;
const positive = z.number().positive().max(MOST_AMOUNT);
const amount = z.number().nonnegative().max(MOST_AMOUNT);

/**
 * `id` rises by 1 per trade of a symbol within its `idSpace`: duplicates and holes are found by it. Of a source that gives no ids, trades
 * of the same time, price, size and venue are the same.
 */
export const tradeSchema = z.strictObject({
  type: z.literal("trade"),
  symbol: symbolSchema,
  time: microsSchema,
  receivedTime: microsSchema,
  price: positive,
  size: amount,
  id: z.int().nonnegative().optional(),
  idSpace: z.string().min(1).max(32).optional(),
  sequence: z.int().nonnegative().optional(),
  /** The aggressor's side. */
  side: z.enum(["buy", "sell"]).optional(),
  venue: z.string().min(1).max(16).optional(),
  conditions: z.array(z.string().min(1).max(16)).max(8).optional(),
  channel: channelSchema,
});

/** Best bid and ask. Quotes carry no id, so they feed only what may be repeated: newest, smallest, largest. */
export const quoteSchema = z.strictObject({
  type: z.literal("quote"),
  symbol: symbolSchema,
  time: microsSchema,
  receivedTime: microsSchema,
  bid: positive,
  bidSize: amount,
  ask: positive,
  askSize: amount,
  channel: channelSchema,
});

/** A proof: every tick of this configuration with event time ≤ `time` lies before this line in this partition. */
export const heartbeatSchema = z.strictObject({
  type: z.literal("heartbeat"),
  channel: channelSchema,
  time: microsSchema,
  config: z.int().positive(),
});

const latenessSchema = z.strictObject({
  "1s": microsSchema,
  "1m": microsSchema,
  "5m": microsSchema,
  "1h": microsSchema,
  "1d": microsSchema,
});

/**
 * What can change a result, written by whoever takes over a channel or changes its symbols, always with the next `n`.
 * `symbols` are those of the channel that lie in this partition; each is frozen until its `ready`.
 */
export const configSchema = z.strictObject({
  type: z.literal("config"),
  channel: channelSchema,
  n: z.int().positive(),
  symbols: z.array(symbolSchema).max(MAX_CHANNEL_SYMBOLS),
  /** What cuts the time of its symbols into windows; lines from before there were calendars mean days of UTC. */
  calendar: calendarSchema.default("utc"),
  /** What the conditions of a trade allow it to do to a bar. */
  profile: profileSchema.default("all"),
  /** Prints outside a band around the median of the last prices are held; null: none is. */
  guard: z
    .strictObject({ band: z.number().positive().max(10), prints: z.int().min(LEAST_PRINTS).max(MOST_PRINTS) })
    .nullable()
    .default(null),
  /** Allowed lateness by interval. */
  lateness: latenessSchema,
  /** How far event time may lie ahead of receipt time before a tick is dead. */
  tolerance: microsSchema,
  /** Ticks older than the watermark by more than this are dead; newer ones correct their bars. */
  correctionHorizon: microsSchema,
});

/** The gap of a symbol is filled: its trades are complete from event time `from` on (absent: as complete as before). */
export const readySchema = z.strictObject({
  type: z.literal("ready"),
  channel: channelSchema,
  n: z.int().positive(),
  symbol: symbolSchema,
  from: microsSchema.optional(),
});

/** A word on a print of a symbol, held or counted; `time` is when it was given. It may come before the print. */
export const decisionSchema = z.strictObject({
  type: z.literal("decision"),
  symbol: symbolSchema,
  id: z.int().nonnegative(),
  /** The id space of the print; longer than a trade can name where its source numbers nothing. */
  idSpace: z.string().min(1).max(64).optional(),
  verdict: z.enum(["accept", "reject"]),
  /** Who decided; lines from before this was said are an operator's. */
  by: z.enum(["operator", "exchange"]).default("operator"),
  /** Event time of the print. */
  tradeTime: microsSchema,
  time: microsSchema,
});

/** Why a symbol does not trade: one line of printable ASCII. */
export const MOST_REASON = 64;
export const reasonSchema = z
  .string()
  .max(MOST_REASON)
  .regex(/^[ -~]+$/);

/**
 * Whether a symbol trades, as its source says; `time` is since when, or an instant at which it was so. Repeated at will: the newest by
 * event time counts. The consolidated tapes of US equities tell the same as trading actions: T trading, H halted, P paused, and Q, quoted
 * but not traded yet, which is halted here; their reasons are codes as T1, news pending, or LUDP, a pause of limit-up/limit-down.
 */
export const statusSchema = z.strictObject({
  type: z.literal("status"),
  symbol: symbolSchema,
  time: microsSchema,
  receivedTime: microsSchema,
  state: z.enum(["trading", "halted"]),
  /** Why, where the source says so. */
  reason: reasonSchema.nullable(),
  channel: channelSchema,
});

/** History that a source gives only as bars. */
export const givenBarSchema = z.strictObject({
  type: z.literal("bar"),
  symbol: symbolSchema,
  interval: intervalSchema,
  start: microsSchema,
  open: positive,
  high: positive,
  low: positive,
  close: positive,
  volume: amount,
  /** Where the source gives them. */
  vwap: positive.optional(),
  trades: z.int().nonnegative().optional(),
  channel: channelSchema,
});

export const tickLineSchema = z.discriminatedUnion("type", [
  tradeSchema,
  quoteSchema,
  heartbeatSchema,
  configSchema,
  readySchema,
  givenBarSchema,
  decisionSchema,
  statusSchema,
]);

export type Trade = z.infer<typeof tradeSchema>;
/** A trade of a source that numbers them. */
export type NumberedTrade = Trade & { id: number };
export type Quote = z.infer<typeof quoteSchema>;
export type Heartbeat = z.infer<typeof heartbeatSchema>;
export type ChannelConfig = z.infer<typeof configSchema>;
export type Ready = z.infer<typeof readySchema>;
export type Decision = z.infer<typeof decisionSchema>;
export type Status = z.infer<typeof statusSchema>;
export type GivenBar = z.infer<typeof givenBarSchema>;
export type TickLine = z.infer<typeof tickLineSchema>;
export type Tick = Trade | Quote;
