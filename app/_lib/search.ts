import type { Ticker } from "#lib/contracts/tickers.ts";
import type { CompositeHit, SearchAnswer } from "#lib/contracts/views.ts";
import { parseComposite } from "#lib/domain/composite/name.ts";

/** A row of the results: a ticker, or the ratio or spread of two. */
export interface Hit {
  ticker: Pick<Ticker, "symbol" | "name" | "tickSize">;
  /** What was hit, for the reader. */
  matched: string | null;
}

/** The rows of an answer; the ratio or spread that was typed is the first. */
export function hitsOf({ hits, composite }: SearchAnswer): Hit[] {
  return composite ? [compositeRow(composite), ...hits] : hits;
}

function compositeRow({ symbol, name, operation, legs, simulated }: CompositeHit): Hit {
  const made = `${legs[0]} ${operation === "/" ? "divided by" : "less"} ${legs[1]}`;
  // What a ratio's last digit is depends on how large it is now.
  return { ticker: { symbol, name, tickSize: Number.NaN }, matched: simulated ? `${made}, SIMULATED` : made };
}

export interface HitGroup {
  title: string;
  hits: Hit[];
}

const isFormer = (hit: Hit): boolean => hit.matched !== null && /former/i.test(hit.matched);

/** Hits under the headings that say why they are there; their order within a heading is the ranking's. */
export function groupHits(hits: readonly Hit[], words: string): HitGroup[] {
  const text = words.trim();
  const isComposite = ({ ticker }: Hit): boolean => parseComposite(ticker.symbol) !== null;
  const first = text === "" ? "Most traded" : `Best match for “${text}”`;
  return [
    { title: "Two as one", hits: hits.filter(isComposite) },
    { title: first, hits: hits.filter((hit) => !isFormer(hit) && !isComposite(hit)) },
    { title: "Former tickers", hits: hits.filter(isFormer) },
  ].filter((group) => group.hits.length > 0);
}

/** A name cut where the words were found, for marking: before, found, after; null when they are not literally in it. */
export function marked(name: string, words: string): [string, string, string] | null {
  const text = words.trim().toLowerCase();
  const at = text === "" ? -1 : name.toLowerCase().indexOf(text);
  return at < 0 ? null : [name.slice(0, at), name.slice(at, at + text.length), name.slice(at + text.length)];
}

/** The row after one step; the ends hold. */
export function stepped(index: number, key: string, count: number): number {
  const last = Math.max(0, count - 1);
  if (key === "ArrowDown") return Math.min(last, index + 1);
  if (key === "ArrowUp") return Math.max(0, index - 1);
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === "PageDown") return Math.min(last, index + 20);
  if (key === "PageUp") return Math.max(0, index - 20);
  return index;
}
