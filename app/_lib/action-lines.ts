import { corporateActionSchema } from "#lib/contracts/adjustments.ts";
import { type CorporateAction, refusalOf } from "#lib/domain/adjustment/action.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";

/** Splits and dividends as they are typed: a line each, `2020-08-31 4:1` or `2020-11-06 0.205`. */
export function formatActions(actions: readonly CorporateAction[]): string {
  return actions.map((action) => `${action.day} ${termsOf(action)}`).join("\n");
}

function termsOf(action: CorporateAction): string {
  return action.kind === "split" ? `${action.newShares}:${action.oldShares}` : String(action.amount);
}

export type ParsedActions = { actions: CorporateAction[]; refusal: null } | { actions: null; refusal: string };

/** The other way round, or why that is not possible, naming the line. Empty lines count for nothing. */
export function parseActions(text: string, calendar: CalendarName): ParsedActions {
  const actions: CorporateAction[] = [];
  for (const [place, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const action = parseLine(line.trim());
    if (!action)
      return { actions: null, refusal: `Line ${place + 1}: a date, then 4:1 or an amount, as 2020-11-06 0.205` };
    actions.push(action);
  }
  const refusal = refusalOf(actions, calendarOf(calendar));
  return refusal === null ? { actions, refusal } : { actions: null, refusal };
}

function parseLine(line: string): CorporateAction | null {
  const found = /^(\d{4}-\d{2}-\d{2})[\s,;]+(\d+(?:\.\d+)?)(?:\s*:\s*(\d+(?:\.\d+)?))?$/.exec(line);
  const [, day, first, second] = found ?? [];
  const read = corporateActionSchema.safeParse(
    second === undefined
      ? { kind: "dividend", day, amount: Number(first) }
      : { kind: "split", day, newShares: Number(first), oldShares: Number(second) },
  );
  return read.success ? read.data : null;
}
