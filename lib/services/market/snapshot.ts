import type { MarketSnapshot } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export function marketSnapshot(_services: Services): Promise<MarketSnapshot> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
