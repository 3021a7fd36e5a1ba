import { type RuleFirings, ruleKey, type VersionedRule } from "../../contracts/alerts.ts";
import type { AlertRow } from "../../contracts/alert-views.ts";
import type { Micros } from "../../domain/interval.ts";

/** A rule with what became of it so far. */
export function alertRow({ rule, version }: VersionedRule, firings: RuleFirings | null, now: Micros): AlertRow {
  return { rule, version, status: statusOf(rule, firings, now), firings };
}

function statusOf(rule: VersionedRule["rule"], firings: RuleFirings | null, now: Micros): AlertRow["status"] {
  if (!rule.enabled) return "paused";
  if (rule.frequency.kind === "once" && firings !== null) return "done";
  return rule.expires !== null && rule.expires <= now ? "expired" : "watching";
}

/** Rules with their firings, in the same order. */
export function alertRows(
  rules: readonly VersionedRule[],
  firings: ReadonlyMap<string, RuleFirings>,
  now: Micros,
): AlertRow[] {
  return rules.map((versioned) => alertRow(versioned, firings.get(ruleKey(versioned.rule)) ?? null, now));
}
