import { z } from "zod";
import { sourceSchema, tickerSchema } from "../../contracts/tickers.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export const addTickerInput = z.object({
  source: sourceSchema,
  /** The source's own word for it: `btcusdt`, `BTC-USD`. */
  sourceSymbol: z.string().trim().min(1).max(64),
  name: tickerSchema.shape.name.optional(),
  sector: tickerSchema.shape.sector.optional(),
});

export function addTicker(_services: Services, _input: z.infer<typeof addTickerInput>): Promise<TickerRow> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
