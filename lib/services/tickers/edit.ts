import { z } from "zod";
import { tickerSchema } from "../../contracts/tickers.ts";
import { calendarSchema, profileSchema } from "../../contracts/ticks.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { changeTicker, type ChangeNeeds } from "./change.ts";

export const editTickerInput = tickerSchema
  .pick({ symbol: true, name: true, sector: true, formerTickers: true, aliases: true, marketValue: true })
  .extend({ calendar: calendarSchema.optional(), profile: profileSchema.optional(), version: z.string().min(1) });

/**
 * Changes what people call a ticker, and its calendar: bars are cut by another one from the end of the session on in which it last
 * traded. What the source calls it stays. NOT_FOUND; CONFLICT with the newest row.
 */
export function editTicker(services: ChangeNeeds, input: z.infer<typeof editTickerInput>): Promise<TickerRow> {
  const { name, sector, formerTickers, aliases, marketValue, calendar, profile } = input;
  return changeTicker(services, { ...input, action: "ticker-edited" }, (ticker) => ({
    ...ticker,
    name,
    sector,
    formerTickers,
    aliases,
    marketValue,
    calendar: calendar ?? ticker.calendar,
    profile: profile ?? ticker.profile,
  }));
}
