import { z } from "zod";
import { ALERT_INTERVALS, DIRECTIONS } from "../domain/alerts/rule.ts";
import { personNameSchema } from "./people.ts";
import { microsSchema, MOST_AMOUNT, symbolSchema } from "./ticks.ts";

/** The most rules of one installation. */
export const MAX_RULES = 1_000;
export const MAX_NOTE = 200;
/** A change is looked for over so many minutes at most: each is a price that a rule remembers. */
export const MAX_MINUTES = 60;
/** Seconds between two firings of one rule. */
export const MIN_PAUSE = 10;
export const MAX_PAUSE = 86_400;

const amountSchema = z.number().positive().max(MOST_AMOUNT);
const directionSchema = z.enum(DIRECTIONS);

export const conditionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cross"), level: amountSchema, direction: directionSchema }),
  z.strictObject({ kind: z.enum(["above", "below"]), level: amountSchema }),
  z.strictObject({
    kind: z.literal("change"),
    percent: z.number().min(0.01).max(1_000),
    minutes: z.int().min(1).max(MAX_MINUTES),
    direction: directionSchema,
  }),
  z.strictObject({ kind: z.literal("volume"), amount: amountSchema }),
]);

export const frequencySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["once", "close"]) }),
  z.strictObject({ kind: z.literal("every"), seconds: z.int().min(MIN_PAUSE).max(MAX_PAUSE) }),
]);

/** What a person says of a rule. */
export const ruleContentSchema = z.strictObject({
  symbol: symbolSchema,
  condition: conditionSchema,
  frequency: frequencySchema,
  /** Of the bars at whose close it is judged, or whose volume is counted. */
  interval: z.enum(ALERT_INTERVALS).default("1m"),
  session: z.enum(["regular", "all"]).default("all"),
  expires: microsSchema.nullable().default(null),
  enabled: z.boolean().default(true),
  note: z.string().trim().max(MAX_NOTE).default(""),
});

/** The document `rule|‹id›` of the index `alert-rules`. Another `revision` is another rule to whom watches: it begins anew. */
export const alertRuleSchema = ruleContentSchema.extend({
  id: z.uuid(),
  /** Whose it is; null: it was made before there were people, or by nobody whom the reader may know. */
  by: personNameSchema.nullable().default(null),
  revision: z.int().positive(),
  created: microsSchema,
  updated: microsSchema,
});

/**
 * `pending`: the webhook has not answered yet. `pages`: told to open pages, and no webhook is configured. `muted`: it came too late to be news.
 * `failed`: the webhook did not take it, see `reason`.
 */
export const DELIVERY_STATES = ["pending", "pages", "sent", "failed", "muted"] as const;

export const deliverySchema = z.object({
  state: z.enum(DELIVERY_STATES),
  attempts: z.int().nonnegative(),
  reason: z.string().nullable(),
  /** When it was settled. */
  time: microsSchema.nullable(),
});

/** A document of the index `alerts-log` and a line of the topic `alerts`: a rule has fired. */
export const alertTriggerSchema = z.object({
  /** `‹rule›|‹revision›|‹partition›|‹epoch›|‹offset›|‹line›`: the same tick fires the same rule once, however often it is read. */
  id: z.string().min(1).max(200),
  rule: z.uuid(),
  revision: z.int().positive(),
  symbol: symbolSchema,
  condition: conditionSchema,
  /** Of the bar by which it was noticed; `start` is its start. */
  interval: z.enum(ALERT_INTERVALS),
  start: microsSchema,
  note: z.string(),
  price: z.number(),
  value: z.number(),
  /** Event time of the tick; of a close, the end of its bar. */
  time: microsSchema,
  /** Place of the tick in the log of ticks: it is the last of `ticks` that were told together. */
  partition: z.int().nonnegative(),
  epoch: z.int().positive(),
  offset: z.int().nonnegative(),
  line: z.int().nonnegative(),
  ticks: z.int().positive(),
  /** When it was noticed. */
  recorded: microsSchema,
  delivery: deliverySchema,
});

export type RuleContent = z.infer<typeof ruleContentSchema>;
export type AlertRule = z.infer<typeof alertRuleSchema>;
export type Delivery = z.infer<typeof deliverySchema>;
export type AlertTrigger = z.infer<typeof alertTriggerSchema>;

/** A stored rule with the token that a change must present. */
export interface VersionedRule {
  rule: AlertRule;
  version: string;
}

/** A rule that is stored but cannot be read. */
export interface UnreadRule {
  id: string;
  why: string;
}

/** The rules, and those that are stored but cannot be read: they watch for nothing. */
export interface StoredRules {
  rules: VersionedRule[];
  unread: readonly UnreadRule[];
}

/** What is remembered of the rules of one partition of `bars`, as of the record before `position`. */
export const alertStateSchema = z.object({
  topic: z.string(),
  partition: z.int().nonnegative(),
  position: z.int().nonnegative(),
  /** By `ruleKey`. */
  states: z.record(
    z.string(),
    z.object({
      seen: z
        .object({
          start: microsSchema,
          high: z.number(),
          low: z.number(),
          trades: z.int().nonnegative(),
          epoch: z.int().positive(),
          offset: z.int().nonnegative(),
          line: z.int().nonnegative(),
        })
        .nullable(),
      price: z.number().nullable(),
      closes: z.array(z.tuple([microsSchema, z.number()])),
      fired: z.int().nonnegative(),
      lastTime: microsSchema.nullable(),
      lastStart: microsSchema.nullable(),
    }),
  ),
});

export type AlertStates = z.infer<typeof alertStateSchema>;

/** What tells a rule from its earlier revisions. */
export function ruleKey({ id, revision }: Pick<AlertRule, "id" | "revision">): string {
  return `${id}|${revision}`;
}

/** How often the present revision of a rule has fired, and when last. */
export interface RuleFirings {
  count: number;
  last: number;
}

export interface AlertLogQuery {
  rule?: string | undefined;
  symbol?: string | undefined;
  /** Only what was recorded before this. */
  before?: number | undefined;
  limit: number;
}

/**
 * Port to what Elasticsearch holds of alerts. Each rejects with UNAVAILABLE or TIMEOUT when the server does not answer, and what reads, but for
 * `rules`, with REFUSED when something stored is not as it should be.
 */
export interface AlertStore {
  rules(): Promise<StoredRules>;
  rule(id: string): Promise<VersionedRule | null>;
  /** CONFLICT when it exists. */
  createRule(rule: AlertRule): Promise<VersionedRule>;
  /** CONFLICT when `version` is not the newest. */
  replaceRule(rule: AlertRule, version: string): Promise<VersionedRule>;
  removeRule(id: string): Promise<void>;
  states(topic: string, partition: number): Promise<{ states: AlertStates; version: string } | null>;
  /** CONFLICT when somebody else wrote since `version` (null: must not exist). */
  putStates(states: AlertStates, version: string | null): Promise<string>;
  /** Stores what is not stored yet, for good when it resolves; says of each whether it was new. */
  record(triggers: readonly AlertTrigger[]): Promise<boolean[]>;
  /** Replaces what the log says of a delivery. */
  settle(trigger: AlertTrigger): Promise<void>;
  /** Those of one partition whose delivery was never settled, oldest first. */
  pending(partition: number): Promise<AlertTrigger[]>;
  /** Newest first. */
  log(query: AlertLogQuery): Promise<AlertTrigger[]>;
  /** By `ruleKey`; those that never fired are absent. */
  firings(keys: readonly string[]): Promise<Map<string, RuleFirings>>;
  /** Deletes what was recorded before, but for the firings of the rules whose `ruleKey` is in `kept`; says how many. */
  forget(before: number, kept: readonly string[]): Promise<number>;
}
