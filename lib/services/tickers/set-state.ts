import { z } from "zod";
import { TICKER_STATES } from "../../contracts/tickers.ts";
import { symbolSchema } from "../../contracts/ticks.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export const setTickerStateInput = z.object({
  symbol: symbolSchema,
  version: z.string().min(1),
  state: z.enum(TICKER_STATES),
});

export function setTickerState(_services: Services, _input: z.infer<typeof setTickerStateInput>): Promise<TickerRow> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
