import { ruleKey } from "../../contracts/alerts.ts";
import type { AlertRow } from "../../contracts/alert-views.ts";
import type { Services } from "../services.ts";
import { alertRows } from "./alert-row.ts";

/** Every rule with what became of it, the newest first. */
export async function listAlerts({ alerts, now }: Pick<Services, "alerts" | "now">): Promise<AlertRow[]> {
  const rules = await alerts.rules();
  const firings = await alerts.firings(rules.map(({ rule }) => ruleKey(rule)));
  return alertRows(rules, firings, now()).toReversed();
}
