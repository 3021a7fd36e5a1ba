import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { MAX_RULES, ruleContentSchema } from "../../contracts/alerts.ts";
import type { AlertRow } from "../../contracts/alert-views.ts";
import { personNameSchema, type SignedIn } from "../../contracts/people.ts";
import { TapedeckError } from "../../errors.ts";
import type { OnRecord } from "../audit/record.ts";
import type { Services } from "../services.ts";
import { alertRow } from "./alert-row.ts";
import { assertOwn } from "./owner.ts";

/** `by`: whose it shall be; for admins, who put back what they removed. */
export const addAlertInput = ruleContentSchema.extend({ by: personNameSchema.nullable().optional() });

type Needs = Pick<Services, "alerts" | "directory" | "now"> & OnRecord & { person: SignedIn };

/** Makes a rule; it watches within two seconds. NOT_FOUND without the ticker, BAD_INPUT when it has expired or there are too many rules, FORBIDDEN for another’s. */
export async function addAlert(services: Needs, input: z.infer<typeof addAlertInput>): Promise<AlertRow> {
  const { alerts, directory, now, person } = services;
  const { by = person.name, ...content } = input;
  assertOwn(person, { by });
  await directory.get(content.symbol);
  assertFuture(content.expires, now());
  const { rules, unread } = await alerts.rules();
  if (rules.length + unread.length >= MAX_RULES) {
    throw new TapedeckError("BAD_INPUT", `There are ${MAX_RULES} alerts already, as many as there may be: remove one.`);
  }
  const time = now();
  const rule = { ...content, id: randomUUID(), by, revision: 1, created: time, updated: time };
  const change = { action: "alert-added", symbol: rule.symbol, about: rule.id, before: null, after: content } as const;
  return alertRow(await services.record(change, () => alerts.createRule(rule)), null, time);
}

/** BAD_INPUT where a rule would be over before it begins. */
export function assertFuture(expires: number | null, now: number): void {
  if (expires !== null && expires <= now) {
    throw new TapedeckError("BAD_INPUT", "The alert would have expired already: choose a time to come, or none.");
  }
}
