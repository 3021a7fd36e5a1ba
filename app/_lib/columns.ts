import { type ColumnKey, COLUMNS } from "#lib/contracts/lists.ts";
import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import { changeOf } from "./quotes.ts";

/** How a column of a watchlist is headed and how wide it is, px; null: what is left. */
export interface ColumnWords {
  title: string;
  /** What it is, where the head alone does not say so. */
  about: string;
  width: number | null;
  number: boolean;
}

const number = (title: string, about: string, width: number): ColumnWords => ({ title, about, width, number: true });
const words = (title: string, about: string, width: number | null): ColumnWords => ({
  title,
  about,
  width,
  number: false,
});

export const COLUMN_WORDS: Readonly<Record<ColumnKey, ColumnWords>> = {
  symbol: words("Symbol", "its ticker", 88),
  name: words("Name", "of the company or the pair, and its exchange", null),
  sector: words("Sector", "of the company", 116),
  last: number("Last", "price of the last trade", 88),
  change: number("Change", "since the previous close, in the post-market since the day’s", 84),
  percent: number("Change %", "since the previous close, in the post-market since the day’s, in percent", 72),
  previous: number("Previous", "previous close", 84),
  open: number("Open", "of the day", 84),
  high: number("High", "of the day", 84),
  low: number("Low", "of the day", 84),
  vwap: number("VWAP", "volume-weighted average price of the day", 84),
  bid: number("Bid", "best bid", 84),
  ask: number("Ask", "best ask", 84),
  volume: number("Volume", "of the day", 68),
  trades: number("Trades", "of the day", 68),
  normal: number("Rel. volume", "of the session so far, against the same minute of the 20 sessions before", 108),
  today: number("Today", "the day’s course as a line; sorted by the change since the open", 104),
  freshness: words("Freshness", "how old what is shown is", 132),
};

export const USUAL_COLUMNS: readonly ColumnKey[] = [
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
];

/** What the name needs at least, px. */
const NAME = 120;
/** From here on a list that is too wide is scrolled; below it shows what matters most, px. */
const NARROW = 560;
/** What a narrow list has before anything else. */
const WORTH: readonly ColumnKey[] = ["symbol", "last", "percent", "freshness"];

const least = (key: ColumnKey): number => COLUMN_WORDS[key].width ?? NAME;
/** What columns need at least, px. */
export const widthOf = (columns: readonly ColumnKey[]): number => columns.reduce((sum, key) => sum + least(key), 0);

const rank = (key: ColumnKey): number => (WORTH.includes(key) ? WORTH.indexOf(key) : COLUMNS.length);

/** Of the chosen columns those that a list of this width shows, px; all of them where it is not known or can be scrolled. */
export function fittingColumns(columns: readonly ColumnKey[], width: number): readonly ColumnKey[] {
  if (width <= 0 || width >= NARROW || widthOf(columns) <= width) return columns;
  const kept = new Set<ColumnKey>();
  let left = width;
  for (const key of columns.toSorted((a, b) => rank(a) - rank(b))) {
    if (least(key) > left && key !== "symbol") continue;
    kept.add(key);
    left -= least(key);
  }
  return columns.filter((key) => kept.has(key));
}

type Value = string | number | null;

/** What is known of one symbol. */
export interface RowFacts {
  instrument: InstrumentView;
  quote: QuoteView | undefined;
  normal: VolumeNormalView | undefined;
}

/** Since the day's open, percent: what the sparkline shows. */
function todayOf(quote: QuoteView | undefined): number | null {
  if (!quote || quote.last === null || quote.dayOpen === null || quote.dayOpen === 0) return null;
  return (quote.last / quote.dayOpen - 1) * 100;
}

const VALUES: Readonly<Record<ColumnKey, (facts: RowFacts) => Value>> = {
  symbol: ({ instrument }) => instrument.ticker,
  name: ({ instrument }) => instrument.name.toLowerCase(),
  sector: ({ instrument }) => instrument.sector,
  last: ({ quote }) => quote?.last ?? null,
  change: ({ quote }) => changeOf(quote).absolute,
  percent: ({ quote }) => changeOf(quote).percent,
  previous: ({ quote }) => quote?.previousClose ?? null,
  open: ({ quote }) => quote?.dayOpen ?? null,
  high: ({ quote }) => quote?.dayHigh ?? null,
  low: ({ quote }) => quote?.dayLow ?? null,
  vwap: ({ quote }) => quote?.dayVwap ?? null,
  bid: ({ quote }) => quote?.bid ?? null,
  ask: ({ quote }) => quote?.ask ?? null,
  volume: ({ quote }) => quote?.dayVolume ?? null,
  trades: ({ quote }) => quote?.dayTrades ?? null,
  normal: ({ normal }) => normal?.ratio ?? null,
  today: ({ quote }) => todayOf(quote),
  freshness: ({ quote }) => quote?.time ?? null,
};

/** What a column is sorted by; null: not known. */
export function valueOf(key: ColumnKey, facts: RowFacts): Value {
  return VALUES[key](facts);
}

/** With or without a column, in the order of all; the symbol stays. null: the usual ones. */
export function toggleColumn(shown: readonly ColumnKey[], key: ColumnKey): readonly ColumnKey[] | null {
  const next = COLUMNS.filter((one) => one === "symbol" || (one === key) !== shown.includes(one));
  return formatColumns(next) === formatColumns(USUAL_COLUMNS) ? null : next;
}

/** `last,percent,volume` of an address; null where there is none or nothing of it is understood. */
export function parseColumns(text: string | null): readonly ColumnKey[] | null {
  const asked = new Set((text ?? "").split(","));
  const found = COLUMNS.filter((key) => asked.has(key));
  return found.length === 0 ? null : COLUMNS.filter((key) => key === "symbol" || asked.has(key));
}

export const formatColumns = (columns: readonly ColumnKey[]): string => columns.join(",");
