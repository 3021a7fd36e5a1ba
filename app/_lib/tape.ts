import type { Print } from "#lib/contracts/latest.ts";
import { SECOND, type Micros } from "#lib/domain/interval.ts";

/** A line of time and sales: one trade, or several at one price. */
export interface TapeTrade {
  kind: "trade";
  key: string;
  /** Of the newest of them. */
  time: Micros;
  price: number;
  /** Of all of them. */
  size: number;
  side: Print["side"];
  conditions: readonly string[];
  trades: number;
}

/** Trades that were not sent one by one. */
export interface TapeGap {
  kind: "gap";
  key: string;
  trades: number;
}

export type TapeRow = TapeTrade | TapeGap;

/** What is listed; null and 0 for all. */
export interface TapeFilter {
  side: "buy" | "sell" | null;
  least: number;
  condition: string | null;
}

/** Above so many trades in the newest second single ones cannot be read. */
const READABLE = 20;

export const printKey = ({ id, time }: Pick<Print, "id" | "time">): string => `${id}|${time}`;

/** Whether trades come too fast to be read one by one. `prints` newest first. */
export function isFast(prints: readonly Print[]): boolean {
  const newest = prints[0];
  const before = prints[READABLE];
  return newest !== undefined && before !== undefined && newest.time - before.time < SECOND;
}

/** The conditions that any of them has, by name. */
export function conditionsOf(prints: readonly Print[]): string[] {
  return [...new Set(prints.flatMap(({ conditions }) => conditions ?? []))].toSorted();
}

/**
 * The rows of time and sales, newest first. `gaps`: how many trades came before a print, by its key, and are not among them; they are told
 * of only where nothing is filtered, for nobody knows what they were. Gathered, neighbours of one second at one price and side are a row.
 */
export function tapeRows(
  prints: readonly Print[],
  gaps: ReadonlyMap<string, number>,
  filter: TapeFilter,
  isGathered: boolean,
): TapeRow[] {
  const rows: TapeRow[] = [];
  const tellsGaps = filter.side === null && filter.least === 0 && filter.condition === null;
  for (const print of prints) {
    if (isListed(print, filter)) {
      const before = rows.at(-1);
      if (isGathered && before?.kind === "trade" && isAlike(before, print)) rows[rows.length - 1] = plus(before, print);
      else rows.push(rowOf(print));
    }
    const missing = gaps.get(printKey(print)) ?? 0;
    if (missing > 0 && tellsGaps) rows.push({ kind: "gap", key: `gap|${printKey(print)}`, trades: missing });
  }
  return rows;
}

function isListed({ size, side, conditions = [] }: Print, filter: TapeFilter): boolean {
  if (size < filter.least || (filter.side !== null && side !== filter.side)) return false;
  return filter.condition === null || conditions.includes(filter.condition);
}

function isAlike(row: TapeTrade, print: Print): boolean {
  const isSameSecond = Math.floor(row.time / SECOND) === Math.floor(print.time / SECOND);
  return isSameSecond && row.price === print.price && row.side === print.side;
}

function rowOf(print: Print): TapeTrade {
  const { time, price, size, side, conditions = [] } = print;
  return { kind: "trade", key: printKey(print), time, price, size, side, conditions, trades: 1 };
}

function plus(row: TapeTrade, { size, conditions = [] }: Print): TapeTrade {
  const all = conditions.every((one) => row.conditions.includes(one))
    ? row.conditions
    : [...new Set([...row.conditions, ...conditions])];
  return { ...row, size: row.size + size, trades: row.trades + 1, conditions: all };
}
