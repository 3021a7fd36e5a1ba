import type { TickerRow } from "#lib/contracts/views.ts";
import type { ChannelState } from "#lib/contracts/sources.ts";
import type { Micros } from "#lib/domain/interval.ts";
import type { BadgeKind } from "../_ui/badge.tsx";
import { age } from "./format.ts";

export interface RowFilter {
  source: string | null;
  status: string | null;
}

export const ROW_SORTS = ["symbol", "name", "source", "status"] as const;
export type RowSortKey = (typeof ROW_SORTS)[number];
export interface RowSort {
  key: RowSortKey;
  order: "ascending" | "descending";
}

const VALUE: Readonly<Record<RowSortKey, (row: TickerRow) => string>> = {
  symbol: (row) => row.ticker.symbol,
  name: (row) => row.ticker.name.toLowerCase(),
  source: (row) => row.ticker.source,
  status: (row) => row.status,
};

/** The rows that pass, in order; removed ones come last whatever the order. */
export function arrangeRows(rows: readonly TickerRow[], filter: RowFilter, sort: RowSort): TickerRow[] {
  const value = VALUE[sort.key];
  const sign = sort.order === "ascending" ? 1 : -1;
  return rows
    .filter((row) => filter.source === null || row.ticker.source === filter.source)
    .filter((row) => filter.status === null || row.status === filter.status)
    .toSorted((a, b) => {
      const removed = Number(a.status === "removed") - Number(b.status === "removed");
      if (removed !== 0) return removed;
      return value(a).localeCompare(value(b)) * sign || a.ticker.symbol.localeCompare(b.ticker.symbol);
    });
}

export interface StatusBadge {
  kind: BadgeKind;
  words: string;
}

const STATUS: Readonly<Record<TickerRow["status"], StatusBadge>> = {
  live: { kind: "live", words: "Live" },
  connecting: { kind: "closed", words: "Connecting" },
  filling: { kind: "filling", words: "Filling a gap" },
  stale: { kind: "stale", words: "Stale" },
  failed: { kind: "error", words: "Failed" },
  idle: { kind: "closed", words: "Idle" },
  disabled: { kind: "closed", words: "Disabled" },
  recorded: { kind: "recorded", words: "Recorded" },
  removed: { kind: "closed", words: "Removed" },
};

export const STATUS_WORDS = (status: TickerRow["status"]): string => STATUS[status].words;

/** The state of a ticker or a channel; a stale one counts its age. */
export function statusBadge(
  status: TickerRow["status"] | ChannelState,
  lastTick: Micros | null,
  now: Micros,
): StatusBadge {
  const badge = STATUS[status];
  if (status !== "stale" || lastTick === null || now === 0) return badge;
  return { kind: badge.kind, words: `Stale ${age(Math.max(0, now - lastTick))}` };
}

export type HistoryView =
  | { kind: "words"; words: string }
  | { kind: "progress"; share: number; words: string }
  | { kind: "failed"; share: number; words: string; reason: string };

/** What a row says of its history. */
export function historyView({ ticker, backfill, lastTickTime }: TickerRow): HistoryView {
  if (backfill && backfill.state !== "done") {
    const share = Math.round(backfill.progress * 100);
    if (backfill.state === "failed") {
      return { kind: "failed", share, words: `stopped at ${share} %`, reason: backfill.reason ?? "" };
    }
    return { kind: "progress", share, words: backfill.state === "wanted" ? "asked for" : `${share} %` };
  }
  if (ticker.state !== "enabled") return { kind: "words", words: "kept" };
  if (ticker.source === "recording") return { kind: "words", words: "as recorded" };
  // Nothing was asked of a source that never answered.
  return { kind: "words", words: lastTickTime === null ? "—" : "complete" };
}

/** A list as it is typed: parts between commas, trimmed, each once. */
export function parseList(text: string): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    ),
  ];
}

const SUFFIXES: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** `3.4T`, `120000000`, empty for not known; undefined when it is not a number. */
export function parseValue(text: string): number | null | undefined {
  const trimmed = text.trim().replaceAll(",", "").toUpperCase();
  if (trimmed === "") return null;
  const found = /^(\d+(?:\.\d+)?)\s*([KMBT]?)$/.exec(trimmed);
  const value = found ? Number(found[1]) * (SUFFIXES[found[2] ?? ""] ?? Number.NaN) : Number.NaN;
  return value > 0 ? value : undefined;
}

/** The other way round, without loss. */
export function formatValue(value: number | null): string {
  if (value === null) return "";
  const suffix = ["T", "B", "M"].find((one) => value >= (SUFFIXES[one] ?? Infinity));
  const short = suffix ? `${value / (SUFFIXES[suffix] ?? 1)}${suffix}` : String(value);
  return parseValue(short) === value ? short : String(value);
}
