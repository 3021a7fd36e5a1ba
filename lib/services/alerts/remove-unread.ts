import { z } from "zod";
import type { SignedIn } from "../../contracts/people.ts";
import type { OnRecord } from "../audit/record.ts";
import type { Services } from "../services.ts";
import { assertOwn } from "./owner.ts";

export const removeUnreadAlertInput = z.object({ id: z.string().min(1).max(64) });

/**
 * Removes a rule that is stored but cannot be read, which would count as one of the most there may be for good. Whose it was nobody knows: it
 * is for who may change every alert, FORBIDDEN for others. One that is gone already, or that can be read, is left as it is.
 */
export async function removeUnreadAlert(
  { alerts, person, record }: Pick<Services, "alerts"> & OnRecord & { person: SignedIn },
  { id }: z.infer<typeof removeUnreadAlertInput>,
): Promise<{ id: string }> {
  assertOwn(person, { by: null });
  const { unread } = await alerts.rules();
  if (!unread.some((rule) => rule.id === id)) return { id };
  await record({ action: "alert-removed", symbol: null, about: id, before: null, after: null }, () =>
    alerts.removeRule(id),
  );
  return { id };
}
