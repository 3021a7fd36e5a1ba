import { z } from "zod";
import { intervalSchema, microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { BarLineageView } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export const barLineageInput = z.object({ symbol: symbolSchema, interval: intervalSchema, start: microsSchema });

export function barLineage(_services: Services, _input: z.infer<typeof barLineageInput>): Promise<BarLineageView> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
