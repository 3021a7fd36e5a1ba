import type { AlertRule, AlertTrigger, Delivery, RuleContent } from "#lib/contracts/alerts.ts";
import type { AlertRow } from "#lib/contracts/alert-views.ts";
import { conditionWords } from "#lib/domain/alerts/words.ts";
import type { SignedIn } from "#lib/contracts/people.ts";
import { may } from "#lib/contracts/permissions.ts";
import type { Micros } from "#lib/domain/interval.ts";
import type { BadgeKind } from "../_ui/badge.tsx";
import { isoSecond } from "./clock.ts";
import { percent, price, quantity, writtenDecimals } from "./format.ts";
import { symbolHref } from "./links.ts";

const STATUS: Readonly<Record<AlertRow["status"], { kind: BadgeKind; words: string }>> = {
  watching: { kind: "live", words: "Watching" },
  paused: { kind: "halted", words: "Paused" },
  expired: { kind: "closed", words: "Expired" },
  done: { kind: "recorded", words: "Fired" },
};

export const alertBadge = ({ status }: AlertRow): { kind: BadgeKind; words: string } => STATUS[status];

/** What a rule watches for, its prices with the decimals that they were given with. */
export function watchedWords({ condition, interval }: Pick<AlertRule, "condition" | "interval">): string {
  return conditionWords(condition, levelText, interval);
}

/** A level as somebody set it: as many decimals as it has, two at least. */
export function levelText(level: number): string {
  return price(level, Math.max(2, writtenDecimals(level)));
}

/** What made a rule fire: the price, and the change or the volume where it watches for that. */
export function firedWords({ condition, price: at, value }: AlertTrigger): string {
  if (condition.kind === "change") return `${levelText(at)}, ${percent(value)}`;
  return condition.kind === "volume" ? `${levelText(at)}, volume ${quantity(value)}` : levelText(at);
}

const DELIVERED: Readonly<Record<Delivery["state"], (delivery: Delivery) => string>> = {
  pages: () => "told to open pages",
  sent: ({ attempts }) => (attempts > 1 ? `posted, at attempt ${attempts}` : "posted"),
  pending: () => "being posted",
  muted: ({ reason }) => `muted: ${reason ?? "too late to be news"}`,
  failed: ({ reason }) => `not posted: ${reason ?? "no reason given"}`,
};

/** Where the news went, or why not. */
export const deliveryWords = (delivery: Delivery): string => DELIVERED[delivery.state](delivery);

/** The tick's place in the log; the last of several where they were told together. */
export function tickWords({ partition, offset, line, ticks }: AlertTrigger): string {
  const place = `ticks ${partition}, offset ${quantity(offset)}, line ${line}`;
  return ticks === 1 ? place : `${place}, the last of ${ticks} told together`;
}

/** The bar of a firing on the chart, its lineage open. */
export function barHref({ symbol, interval, start }: Pick<AlertTrigger, "symbol" | "interval" | "start">): string {
  return `${symbolHref(symbol)}?interval=${interval}&to=${isoSecond(start)}&bar=${isoSecond(start)}`;
}

/** Up to when everything is seen at a first visit: what fired before it is no news. */
export function firstMark(triggers: readonly Pick<AlertTrigger, "recorded">[]): Micros {
  return Math.max(1, ...triggers.map(({ recorded }) => recorded));
}

/** How many were noticed after `read`; a first visit begins at nothing. */
export function unreadOf(triggers: readonly Pick<AlertTrigger, "recorded">[], read: Micros | null): number {
  return read === null ? 0 : triggers.filter(({ recorded }) => recorded > read).length;
}

/** A rule's level on the chart. */
export interface AlertLevel {
  id: string;
  level: number;
  words: string;
}

/** The levels at which rules of a symbol watch now. */
export function levelsOf(rows: readonly AlertRow[], symbol: string): AlertLevel[] {
  return rows.flatMap(({ rule, status }) => {
    const { condition, note, id } = rule;
    if (rule.symbol !== symbol || status !== "watching" || !("level" in condition)) return [];
    const words = note === "" ? watchedWords(rule).replace(/^price /, "") : note;
    return [{ id, level: condition.level, words }];
  });
}

/** Whether who looks may change an alert: their own, or any. */
export function mayChange(person: SignedIn | null, { rule }: Pick<AlertRow, "rule">): boolean {
  if (person === null || !may(person.role, "alerts")) return false;
  return rule.by === person.name || may(person.role, "everyAlert");
}

/** The same rule once more, as it was; one that had fired for good comes back paused. */
export function contentToRestore({ rule, status }: AlertRow): RuleContent {
  const { symbol, condition, frequency, interval, session, expires, note } = rule;
  const isOver = status === "done" || status === "expired";
  const content = { symbol, condition, frequency, interval, session, note };
  return { ...content, enabled: rule.enabled && !isOver, expires: status === "expired" ? null : expires };
}
