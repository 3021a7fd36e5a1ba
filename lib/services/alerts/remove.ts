import { z } from "zod";
import type { Services } from "../services.ts";

export const removeAlertInput = z.object({ id: z.uuid() });

/** Removes a rule; what it found stays in the log. One that is gone already is removed. */
export async function removeAlert(
  { alerts }: Pick<Services, "alerts">,
  { id }: z.infer<typeof removeAlertInput>,
): Promise<{ id: string }> {
  await alerts.removeRule(id);
  return { id };
}
