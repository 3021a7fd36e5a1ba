import type { RuleContent } from "#lib/contracts/alerts.ts";
import { MAX_MINUTES, MAX_PAUSE, MIN_PAUSE } from "#lib/contracts/alerts.ts";
import type { AlertInterval, Condition, Direction, Frequency } from "#lib/domain/alerts/rule.ts";
import { DAY, HOUR, type Micros } from "#lib/domain/interval.ts";
import { writtenDecimals } from "./format.ts";

/** How long from now a rule watches; `kept`: as it was. */
export const LIVES = { never: null, "1 hour": HOUR, "1 day": DAY, "1 week": 7 * DAY, "30 days": 30 * DAY } as const;
export type Life = keyof typeof LIVES | "kept";

/** The form as it is typed. */
export interface AlertFields {
  kind: Condition["kind"];
  level: string;
  direction: Direction;
  percent: string;
  minutes: string;
  amount: string;
  frequency: Frequency["kind"];
  seconds: string;
  interval: AlertInterval;
  session: RuleContent["session"];
  life: Life;
  note: string;
}

const USUAL: AlertFields = {
  kind: "cross",
  level: "",
  direction: "either",
  percent: "1",
  minutes: "5",
  amount: "",
  frequency: "once",
  seconds: "60",
  interval: "1m",
  session: "all",
  life: "never",
  note: "",
};

/** The form of a new rule: crossing a price, once. */
export function newFields(level: number | null, decimals: number): AlertFields {
  return { ...USUAL, level: level === null ? "" : level.toFixed(decimals) };
}

/** The form of a rule that there is. */
export function fieldsOf({ condition, frequency, interval, session, note, expires }: RuleContent): AlertFields {
  return {
    ...USUAL,
    ...("level" in condition && { level: condition.level.toFixed(writtenDecimals(condition.level)) }),
    ...("direction" in condition && { direction: condition.direction }),
    ...(condition.kind === "change" && { percent: String(condition.percent), minutes: String(condition.minutes) }),
    ...(condition.kind === "volume" && { amount: String(condition.amount) }),
    ...(frequency.kind === "every" && { seconds: String(frequency.seconds) }),
    kind: condition.kind,
    frequency: frequency.kind,
    interval,
    session,
    note,
    life: expires === null ? "never" : "kept",
  };
}

export type FieldName = "level" | "percent" | "minutes" | "amount" | "seconds";

/** What is wrong with the form: the field, and what it must be. */
export interface WrongField {
  field: FieldName;
  why: string;
}

type Said = Pick<RuleContent, "condition" | "frequency">;

const positive = (text: string): number | null => {
  const value = Number(text.trim());
  return text.trim() !== "" && Number.isFinite(value) && value > 0 ? value : null;
};

function conditionOf(fields: AlertFields): Condition | WrongField {
  const { kind, direction } = fields;
  if (kind === "volume") {
    const amount = positive(fields.amount);
    return amount === null ? { field: "amount", why: "A number above 0" } : { kind, amount };
  }
  if (kind === "change") {
    const percent = positive(fields.percent);
    const minutes = positive(fields.minutes);
    if (percent === null || percent < 0.01 || percent > 1_000) return { field: "percent", why: "0.01 to 1,000" };
    if (minutes === null || !Number.isInteger(minutes) || minutes > MAX_MINUTES) {
      return { field: "minutes", why: `Whole minutes, 1 to ${MAX_MINUTES}` };
    }
    return { kind, percent, minutes, direction };
  }
  const level = positive(fields.level);
  if (level === null) return { field: "level", why: "A price above 0" };
  return kind === "cross" ? { kind, level, direction } : { kind, level };
}

function frequencyOf({ frequency: kind, seconds }: AlertFields): Frequency | WrongField {
  if (kind !== "every") return { kind };
  const pause = positive(seconds);
  if (pause === null || !Number.isInteger(pause) || pause < MIN_PAUSE || pause > MAX_PAUSE) {
    return { field: "seconds", why: `Whole seconds, ${MIN_PAUSE} to ${MAX_PAUSE}` };
  }
  return { kind, seconds: pause };
}

/** What the form says, or the first field that says nothing. */
export function saidBy(fields: AlertFields): Said | WrongField {
  const condition = conditionOf(fields);
  if ("why" in condition) return condition;
  const frequency = frequencyOf(fields);
  return "why" in frequency ? frequency : { condition, frequency };
}

/** When a rule ends that is saved now. */
export function expiryOf(life: Life, now: Micros, kept: Micros | null): Micros | null {
  if (life === "kept") return kept;
  const length = LIVES[life];
  return length === null ? null : now + length;
}

/** The rule that is saved now; an edit leaves it paused where it is, and its symbol as it is. */
export function contentOf(
  { interval, session, note, life }: AlertFields,
  said: Said,
  { before, now }: { before: Pick<RuleContent, "enabled" | "expires"> | null; now: Micros },
): Omit<RuleContent, "symbol"> {
  const expires = expiryOf(life, now, before?.expires ?? null);
  return { ...said, interval, session, note, expires, enabled: before?.enabled ?? true };
}

/** Whether the bars' interval matters: for their volume, and where closes are judged. */
export function asksInterval({ kind, frequency }: AlertFields): boolean {
  return kind === "volume" || (frequency === "close" && kind !== "change");
}
