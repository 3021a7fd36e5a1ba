import type { HeldRow } from "../../contracts/views.ts";
import type { Services } from "../services.ts";

/** Every print that waits for an operator, the newest first. */
export async function heldPrints({ directory, hub }: Pick<Services, "directory" | "hub">): Promise<HeldRow[]> {
  const rows: HeldRow[] = [];
  for (const { ticker } of await directory.list()) {
    const { symbol, tickSize } = ticker;
    for (const print of hub.latest(symbol)?.held ?? []) rows.push({ symbol, tickSize, print });
  }
  return rows.toSorted((a, b) => b.print.time - a.print.time || (a.symbol < b.symbol ? -1 : 1));
}
