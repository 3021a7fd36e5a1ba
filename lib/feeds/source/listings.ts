import { MINUTE, type Micros } from "../../domain/interval.ts";
import type { SourceListing } from "../feed.ts";
import { steadyNow } from "./source-clock.ts";

const KEPT_FOR: Micros = 10 * MINUTE;
const MAX_FOUND = 20;

/** What a source lists, asked for when it is first searched and again after ten minutes. */
export class Listings {
  readonly #ask: (signal: AbortSignal) => Promise<SourceListing[]>;
  #known: SourceListing[] = [];
  #asked: Micros = -Infinity;

  constructor(ask: (signal: AbortSignal) => Promise<SourceListing[]>) {
    this.#ask = ask;
  }

  /** An exact symbol first, then those whose symbol or name begins with the words, short ones first. Errors as of asking. */
  async search(words: string, signal: AbortSignal): Promise<SourceListing[]> {
    if (steadyNow() - this.#asked > KEPT_FOR) {
      this.#known = await this.#ask(signal);
      this.#asked = steadyNow();
    }
    return found(this.#known, words);
  }
}

function found(listings: readonly SourceListing[], words: string): SourceListing[] {
  const wanted = plain(words);
  if (wanted === "") return [];
  const isExact = ({ ticker }: SourceListing): number => (plain(ticker) === wanted ? 0 : 1);
  return listings
    .filter(({ ticker, name }) => plain(ticker).startsWith(wanted) || plain(name).startsWith(wanted))
    .toSorted((a, b) => isExact(a) - isExact(b) || a.ticker.length - b.ticker.length || (a.ticker < b.ticker ? -1 : 1))
    .slice(0, MAX_FOUND);
}

/** `btc/usd`, `BTC-USD` and `BTCUSD` are the same to a person. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
