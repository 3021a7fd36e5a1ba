import { z } from "zod";
import { tickerSchema } from "../../contracts/tickers.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export const editTickerInput = tickerSchema
  .pick({ symbol: true, name: true, sector: true, formerTickers: true, aliases: true, marketValue: true })
  .extend({ version: z.string().min(1) });

export function editTicker(_services: Services, _input: z.infer<typeof editTickerInput>): Promise<TickerRow> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
