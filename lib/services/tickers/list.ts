import type { TickerRow } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export function listTickers(_services: Services): Promise<TickerRow[]> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
