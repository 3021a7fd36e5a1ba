import { z } from "zod";
import type { AlertTrigger } from "../../contracts/alerts.ts";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { Services } from "../services.ts";

export const firedAlertsInput = z.object({
  symbol: symbolSchema.optional(),
  rule: z.uuid().optional(),
  /** Only what was noticed before this time. */
  before: microsSchema.optional(),
  limit: z.int().min(1).max(500).default(100),
});

/** What fired, the newest first, each with its tick and its delivery. */
export function firedAlerts(
  { alerts }: Pick<Services, "alerts">,
  input: z.infer<typeof firedAlertsInput>,
): Promise<AlertTrigger[]> {
  return alerts.log(input);
}
