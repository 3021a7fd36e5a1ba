import { z } from "zod";
import type { ActiveView } from "../../contracts/views.ts";
import { ACTIVITY_ORDERS } from "../../live/activity.ts";
import type { Services } from "../services.ts";

/** Symbols of the list. */
const MOST = 14;

export const activeInput = z.object({ order: z.enum(ACTIVITY_ORDERS) });

/** The symbols that traded most in the last hour, from the memory of this process: as long as it has been reading. */
export function activeSymbols(
  { active, hub, now }: Pick<Services, "active" | "hub" | "now">,
  { order }: z.infer<typeof activeInput>,
): Promise<ActiveView> {
  return active.get(order, () => {
    const serverTime = now();
    const { rows, ...rest } = hub.active(order, MOST);
    const view = rows.map(({ key, lower, upper, rate }) => ({ symbol: key, lower, upper, rate }));
    return Promise.resolve({ ...rest, rows: view, connected: hub.connected, serverTime });
  });
}
