import { z } from "zod";
import { ruleContentSchema } from "../../contracts/alerts.ts";
import type { AlertRow } from "../../contracts/alert-views.ts";
import type { SignedIn } from "../../contracts/people.ts";
import { TapedeckError } from "../../errors.ts";
import type { OnRecord } from "../audit/record.ts";
import type { Services } from "../services.ts";
import { assertFuture } from "./add.ts";
import { alertRow } from "./alert-row.ts";
import { assertOwn } from "./owner.ts";

/** Another symbol is another alert. */
export const editAlertInput = ruleContentSchema
  .omit({ symbol: true })
  .extend({ id: z.uuid(), version: z.string().min(1) });

/**
 * Changes a rule, which then begins anew: what it remembers is forgotten, one that fires once may do so again.
 * NOT_FOUND; FORBIDDEN where it is another’s; CONFLICT when somebody else was first.
 */
export async function editAlert(
  { alerts, now, person, record }: Pick<Services, "alerts" | "now"> & OnRecord & { person: SignedIn },
  { id, version, ...content }: z.infer<typeof editAlertInput>,
): Promise<AlertRow> {
  const before = await alerts.rule(id);
  if (!before) throw new TapedeckError("NOT_FOUND", "There is no such alert any more.");
  assertOwn(person, before.rule);
  if (content.enabled) assertFuture(content.expires, now());
  if (before.version !== version) {
    throw new TapedeckError("CONFLICT", "The alert was changed by somebody else meanwhile: look at it again.");
  }
  const time = now();
  const rule = { ...before.rule, ...content, revision: before.rule.revision + 1, updated: time };
  const after = { ...before.rule, ...content };
  const change = { action: "alert-edited", symbol: rule.symbol, about: id, before: before.rule, after } as const;
  return alertRow(await record(change, () => alerts.replaceRule(rule, version)), null, time);
}
