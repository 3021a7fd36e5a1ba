import { z } from "zod";

const numbers = z.array(z.number());
const named = z.object({ name: z.string(), value: z.string() });

/** What the datafeed answers with. */
export const udfOutputs = {
  config: z.object({
    supported_resolutions: z.array(z.string()),
    supports_search: z.boolean(),
    supports_group_request: z.boolean(),
    supports_marks: z.boolean(),
    supports_timescale_marks: z.boolean(),
    supports_time: z.boolean(),
    exchanges: z.array(named.extend({ desc: z.string() })),
    symbols_types: z.array(named),
  }),
  symbol: z.object({
    ticker: z.string(),
    name: z.string(),
    full_name: z.string(),
    description: z.string(),
    type: z.string(),
    exchange: z.string(),
    listed_exchange: z.string(),
    currency_code: z.string(),
    format: z.literal("price"),
    minmov: z.int(),
    pricescale: z.int(),
    timezone: z.string(),
    session: z.string(),
    session_holidays: z.string(),
    corrections: z.string(),
    has_intraday: z.boolean(),
    intraday_multipliers: z.array(z.string()),
    has_seconds: z.boolean(),
    seconds_multipliers: z.array(z.string()),
    has_daily: z.boolean(),
    has_weekly_and_monthly: z.boolean(),
    supported_resolutions: z.array(z.string()),
    visible_plots_set: z.string(),
    volume_precision: z.int(),
    data_status: z.enum(["streaming", "delayed_streaming", "endofday"]),
    delay: z.number().optional(),
  }),
  search: z.array(
    z.object({
      symbol: z.string(),
      full_name: z.string(),
      description: z.string(),
      exchange: z.string(),
      ticker: z.string(),
      type: z.string(),
    }),
  ),
  history: z.union([
    z.object({
      s: z.literal("ok"),
      t: z.array(z.int()),
      o: numbers,
      h: numbers,
      l: numbers,
      c: numbers,
      v: numbers.optional(),
    }),
    z.object({ s: z.literal("no_data"), nextTime: z.int().optional() }),
    z.object({ s: z.literal("error"), errmsg: z.string(), code: z.string(), message: z.string() }),
  ]),
} as const;
