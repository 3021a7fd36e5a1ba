import { ruleKey } from "../../contracts/alerts.ts";
import type { AlertList, AlertRow } from "../../contracts/alert-views.ts";
import type { SignedIn } from "../../contracts/people.ts";
import type { Services } from "../services.ts";
import { alertRows } from "./alert-row.ts";

/** Every rule with what became of it, the newest first. Names of people are told to who is signed in alone. */
export async function listAlerts(
  { alerts, now }: Pick<Services, "alerts" | "now">,
  reader: SignedIn | null,
): Promise<AlertList> {
  const { rules, unread } = await alerts.rules();
  const firings = await alerts.firings(rules.map(({ rule }) => ruleKey(rule)));
  const rows = alertRows(rules, firings, now()).toReversed();
  return { rows: reader ? rows : rows.map(withoutName), unread };
}

function withoutName(row: AlertRow): AlertRow {
  return { ...row, rule: { ...row.rule, by: null } };
}
