import { z } from "zod";
import { corporateActionsSchema } from "../../contracts/adjustments.ts";
import { tickerSchema } from "../../contracts/tickers.ts";
import { calendarSchema, profileSchema } from "../../contracts/ticks.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { type CorporateAction, refusalOf, sortActions } from "../../domain/adjustment/action.ts";
import type { Calendar } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { TapedeckError } from "../../errors.ts";
import { changeTicker, type ChangeNeeds } from "./change.ts";

export const editTickerInput = tickerSchema
  .pick({ symbol: true, name: true, sector: true, formerTickers: true, aliases: true, marketValue: true })
  .extend({
    calendar: calendarSchema.optional(),
    profile: profileSchema.optional(),
    actions: corporateActionsSchema.optional(),
    version: z.string().min(1),
  });

/**
 * Changes what people call a ticker, and its calendar: bars are cut by another one from the end of the session on in which it last
 * traded. What the source calls it stays. `actions`: all of its splits and dividends;
 * BAD_INPUT where they cannot be its. NOT_FOUND; CONFLICT with the newest row.
 */
export function editTicker(services: ChangeNeeds, input: z.infer<typeof editTickerInput>): Promise<TickerRow> {
  const { name, sector, formerTickers, aliases, marketValue, calendar, profile, actions } = input;
  return changeTicker(services, { ...input, action: "ticker-edited" }, (ticker) => ({
    ...ticker,
    ...(actions && { actions: actionsOf(actions, calendarOf(calendar ?? ticker.calendar)) }),
    name,
    sector,
    formerTickers,
    aliases,
    marketValue,
    calendar: calendar ?? ticker.calendar,
    profile: profile ?? ticker.profile,
  }));
}

function actionsOf(actions: readonly CorporateAction[], calendar: Calendar): CorporateAction[] {
  const refusal = refusalOf(actions, calendar);
  if (refusal !== null) throw new TapedeckError("BAD_INPUT", refusal);
  return sortActions(actions);
}
