import { z } from "zod";
import { TICKER_STATES } from "../../contracts/tickers.ts";
import { symbolSchema } from "../../contracts/ticks.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { changeTicker, type ChangeNeeds } from "./change.ts";

export const setTickerStateInput = z.object({
  symbol: symbolSchema,
  version: z.string().min(1),
  state: z.enum(TICKER_STATES),
});

/** Enables, disables or removes a ticker; its history stays whatever happens. NOT_FOUND; CONFLICT with the newest row. */
export function setTickerState(services: ChangeNeeds, input: z.infer<typeof setTickerStateInput>): Promise<TickerRow> {
  const { state } = input;
  return changeTicker(services, { ...input, action: `ticker-${state}` }, (ticker) => ({ ...ticker, state }));
}
