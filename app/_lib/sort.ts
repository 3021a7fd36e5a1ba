import { type ColumnKey, COLUMNS } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { type RowFacts, valueOf } from "./columns.ts";

export type SortKey = ColumnKey;

export interface Sort {
  key: SortKey;
  order: "ascending" | "descending";
}

/** Columns of words and columns that do not move with the market: their order holds between ticks. */
const STILL: ReadonlySet<SortKey> = new Set(["symbol", "name", "sector"]);
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
  factsOf: (instrument: InstrumentView) => RowFacts,
): readonly InstrumentView[] {
  if (sort === null) return instruments;
  const sign = sort.order === "ascending" ? 1 : -1;
  const rows = instruments.map((instrument) => {
    return { instrument, value: valueOf(sort.key, factsOf(instrument)) };
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
  const key = COLUMNS.find((candidate) => candidate === name);
  if (!key || (order !== "ascending" && order !== "descending")) return null;
  return { key, order };
}

export const formatSort = (sort: Sort): string => `${sort.key}.${sort.order}`;
