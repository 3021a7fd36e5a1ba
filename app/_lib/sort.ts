import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import { changeOf } from "./quotes.ts";

export const SORT_KEYS = [
  "symbol",
  "name",
  "last",
  "change",
  "percent",
  "bid",
  "ask",
  "volume",
  "today",
  "freshness",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  key: SortKey;
  order: "ascending" | "descending";
}

type Row = { instrument: InstrumentView; quote: QuoteView | undefined };
type Value = string | number | null;

/** Since the day's open, percent: what the sparkline shows. */
function todayOf(quote: QuoteView | undefined): number | null {
  if (!quote || quote.last === null || quote.dayOpen === null || quote.dayOpen === 0) return null;
  return (quote.last / quote.dayOpen - 1) * 100;
}

const VALUES: Readonly<Record<SortKey, (row: Row) => Value>> = {
  symbol: ({ instrument }) => instrument.ticker,
  name: ({ instrument }) => instrument.name.toLowerCase(),
  last: ({ quote }) => quote?.last ?? null,
  change: ({ quote }) => changeOf(quote).absolute,
  percent: ({ quote }) => changeOf(quote).percent,
  bid: ({ quote }) => quote?.bid ?? null,
  ask: ({ quote }) => quote?.ask ?? null,
  volume: ({ quote }) => quote?.dayVolume ?? null,
  today: ({ quote }) => todayOf(quote),
  freshness: ({ quote }) => quote?.time ?? null,
};

/** Columns of words and columns that do not move with the market: their order holds between ticks. */
const STILL: ReadonlySet<SortKey> = new Set(["symbol", "name"]);
export const movesWithMarket = (sort: Sort | null): boolean => sort !== null && !STILL.has(sort.key);

const compare = (a: string | number, b: string | number): number =>
  typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b)) : a - b;

/** The list's own order: what is worth most first, what is not known to be worth anything after it, recordings last. */
export function ownOrder(instruments: readonly InstrumentView[]): InstrumentView[] {
  return instruments.toSorted(
    (a, b) =>
      Number(a.recorded) - Number(b.recorded) ||
      (b.marketValue ?? 0) - (a.marketValue ?? 0) ||
      a.symbol.localeCompare(b.symbol),
  );
}

/** The instruments in the wanted order; what is not known comes last either way, and equals stay by symbol. No sort: as given. */
export function sortInstruments(
  instruments: readonly InstrumentView[],
  sort: Sort | null,
  quoteOf: (symbol: string) => QuoteView | undefined,
): readonly InstrumentView[] {
  if (sort === null) return instruments;
  const sign = sort.order === "ascending" ? 1 : -1;
  const rows = instruments.map((instrument) => {
    const value = VALUES[sort.key]({ instrument, quote: quoteOf(instrument.symbol) });
    return { instrument, value };
  });
  rows.sort((a, b) => {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1;
    } else {
      const by = compare(a.value, b.value) * sign;
      if (by !== 0) return by;
    }
    return a.instrument.symbol.localeCompare(b.instrument.symbol);
  });
  return rows.map((row) => row.instrument);
}

/** A click on a head: words first rise, numbers first fall, a third click gives the list's own order back. */
export function nextSort(current: Sort | null, key: SortKey): Sort | null {
  const begins: Sort["order"] = STILL.has(key) ? "ascending" : "descending";
  if (current?.key !== key) return { key, order: begins };
  if (current.order === begins) return { key, order: begins === "ascending" ? "descending" : "ascending" };
  return null;
}

/** `percent.descending` of an address; null where there is none or it is not one. */
export function parseSort(text: string | null): Sort | null {
  const [name, order] = (text ?? "").split(".");
  const key = SORT_KEYS.find((candidate) => candidate === name);
  if (!key || (order !== "ascending" && order !== "descending")) return null;
  return { key, order };
}

export const formatSort = (sort: Sort): string => `${sort.key}.${sort.order}`;
