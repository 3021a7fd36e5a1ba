import { z } from "zod";
import type { OnRecord } from "../audit/record.ts";
import type { Services } from "../services.ts";

export const removeAlertInput = z.object({ id: z.uuid() });

/** Removes a rule; what it found stays in the log. One that is gone already is removed. */
export async function removeAlert(
  { alerts, record }: Pick<Services, "alerts"> & OnRecord,
  { id }: z.infer<typeof removeAlertInput>,
): Promise<{ id: string }> {
  const there = await alerts.rule(id);
  if (!there) return { id };
  const { id: about, revision: _, created: _created, updated: _updated, ...before } = there.rule;
  await record({ action: "alert-removed", symbol: before.symbol, about, before, after: null }, () =>
    alerts.removeRule(id),
  );
  return { id };
}
