import type { QuoteView } from "#lib/contracts/views.ts";
import { SESSION_WORDS } from "./session-words.ts";
import { DASH } from "./format.ts";

/** A changed last price: which way, and a number that is new for each flash. */
export interface Flash {
  direction: "up" | "down";
  id: number;
  at: number;
}

export interface QuoteCell {
  quote: QuoteView;
  flash: Flash | null;
}

/** A cell flashes at most once in this many milliseconds. */
const FLASH_EVERY = 1_000;

/** Whether `incoming` says more than `current`: by event time, then by what is proved. A tie goes to the one that came later. */
export function isNewerQuote(current: QuoteView, incoming: QuoteView): boolean {
  const byTime = (incoming.time ?? -1) - (current.time ?? -1);
  if (byTime !== 0) return byTime > 0;
  return (incoming.watermark ?? -1) >= (current.watermark ?? -1);
}

/** The cell after a quote came at `millis`; the same object when the quote is older than what is shown. */
export function nextCell(cell: QuoteCell | undefined, incoming: QuoteView, millis: number): QuoteCell {
  if (!cell) return { quote: incoming, flash: null };
  if (!isNewerQuote(cell.quote, incoming)) return cell;
  const before = cell.quote.last;
  const after = incoming.last;
  const changed = before !== null && after !== null && before !== after;
  if (!changed || (cell.flash && millis - cell.flash.at < FLASH_EVERY)) return { quote: incoming, flash: cell.flash };
  return {
    quote: incoming,
    flash: { direction: after > before ? "up" : "down", id: (cell.flash?.id ?? 0) + 1, at: millis },
  };
}

export interface Change {
  absolute: number | null;
  /** Percent of what it is compared with. */
  percent: number | null;
}

const NO_CHANGE: Change = { absolute: null, percent: null };

/**
 * The last price against its base: the previous close, in the post-market the close of the day. Without a trade today there is no
 * change: that is not the same as none.
 */
export function changeOf(quote: QuoteView | undefined): Change {
  return quote ? between(quote.last, quote.base) : NO_CHANGE;
}

/** What the day's regular session changed, up to now or to its close. */
export function dayChangeOf(quote: QuoteView | undefined): Change {
  if (!quote || quote.session === "pre" || (quote.dayTrades ?? 0) === 0) return NO_CHANGE;
  return between(quote.session === "post" ? quote.dayClose : quote.last, quote.previousClose);
}

function between(price: number | null, base: number | null): Change {
  if (price === null || base === null) return NO_CHANGE;
  return { absolute: price - base, percent: base <= 0 ? null : ((price - base) / base) * 100 };
}

/** The session of a last price that is not of the regular one. */
export function extendedName(quote: QuoteView | undefined): string | null {
  return quote?.session === "pre" || quote?.session === "post" ? SESSION_WORDS[quote.session] : null;
}

/** What stands where a change would, when there is none. */
export function noChangeWords(quote: QuoteView | undefined): string {
  return quote && quote.last !== null && quote.session === null && (quote.dayTrades ?? 0) === 0
    ? "no trade today"
    : DASH;
}
