import { z } from "zod";
import type { SignedIn } from "../../contracts/people.ts";
import type { OnRecord } from "../audit/record.ts";
import type { Services } from "../services.ts";
import { assertOwn } from "./owner.ts";

export const removeAlertInput = z.object({ id: z.uuid() });

/** Removes a rule; what it found stays in the log. One that is gone already is removed. FORBIDDEN where it is another’s. */
export async function removeAlert(
  { alerts, person, record }: Pick<Services, "alerts"> & OnRecord & { person: SignedIn },
  { id }: z.infer<typeof removeAlertInput>,
): Promise<{ id: string }> {
  const there = await alerts.rule(id);
  if (!there) return { id };
  assertOwn(person, there.rule);
  const { id: about, revision: _, created: _created, updated: _updated, ...before } = there.rule;
  await record({ action: "alert-removed", symbol: before.symbol, about, before, after: null }, () =>
    alerts.removeRule(id),
  );
  return { id };
}
