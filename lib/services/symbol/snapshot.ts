import { z } from "zod";
import { symbolSchema } from "../../contracts/ticks.ts";
import type { SymbolSnapshot } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export const symbolSnapshotInput = z.object({ symbol: symbolSchema });

export function symbolSnapshot(
  _services: Services,
  _input: z.infer<typeof symbolSnapshotInput>,
): Promise<SymbolSnapshot> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
