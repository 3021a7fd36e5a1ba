import type { TickerQuery } from "../contracts/stores.ts";
import type { Ticker } from "../contracts/tickers.ts";
import { splitSymbol } from "../domain/symbol.ts";
import { compact, fold } from "./fold.ts";
import { bareTicker } from "./ticker-document.ts";

type Clause = Readonly<Record<string, unknown>>;

const REMOVED: Clause = { term: { state: "removed" } };
/** Any removed ticker scores less than every other one. */
const REMOVED_BOOST = 1e-6;

/** The most sectors that are counted. */
const MOST_SECTORS = 50;

/** The body of a search. The sector narrows hits and total, not the counts of sectors: they say what another choice would give. */
export function searchBody({ words, sector, source, removed = false, limit }: TickerQuery): Clause {
  return {
    size: limit,
    track_total_hits: true,
    query: demoted({
      function_score: {
        query: {
          bool: {
            must: fold(words) === "" ? [{ match_all: {} }] : [wordsQuery(words)],
            must_not: removed ? [] : [REMOVED],
            filter: source === undefined ? [] : [{ term: { source } }],
          },
        },
        // 1 + log10(1 + liquidity): an illiquid ticker is found all the same.
        functions: [{ weight: 1 }, { field_value_factor: { field: "liquidity", modifier: "log1p", missing: 0 } }],
        score_mode: "sum",
        boost_mode: "multiply",
      },
    }),
    sort: [{ _score: "desc" }, { symbol: "asc" }],
    ...(sector === undefined ? {} : { post_filter: { term: { sector } } }),
    aggs: { sectors: { terms: { field: "sector", size: MOST_SECTORS, order: { _key: "asc" } } } },
    _source: { excludes: ["search"] },
  };
}

/** The query with removed tickers at its end. */
function demoted(positive: Clause): Clause {
  return { boosting: { positive, negative: REMOVED, negative_boost: REMOVED_BOOST } };
}

/** The best of many ways to be meant; the others add a little. */
function wordsQuery(words: string): Clause {
  const folded = fold(words);
  const short = compact(words);
  const names = ["search.name^3", "search.aliases^2"];
  return {
    dis_max: {
      tie_breaker: 0.1,
      queries: [
        constant({ term: { symbol: words.trim().toUpperCase() } }, 200),
        constant({ term: { "search.ticker": folded } }, 100),
        ...(short === "" ? [] : byLetters(short)),
        constant({ term: { "search.formerTickers": folded } }, 60),
        constant({ prefix: { "search.ticker": folded } }, 20),
        { multi_match: { query: folded, type: "bool_prefix", fields: names, operator: "and" } },
        fuzzy("search.name", folded, 0.5),
        fuzzy("search.aliases", folded, 0.3),
      ],
    },
  };
}

/** By letters and digits alone: `brkb`, `btc/usd`, `jp morgan`, `cocacola`. */
function byLetters(short: string): Clause[] {
  return [
    constant({ term: { "search.compact": short } }, 90),
    constant({ prefix: { "search.compact": short } }, 15),
    constant({ prefix: { "search.compactName": short } }, 8),
  ];
}

function constant(filter: Clause, boost: number): Clause {
  return { constant_score: { filter, boost } };
}

function fuzzy(field: string, query: string, boost: number): Clause {
  return { match: { [field]: { query, fuzziness: "AUTO", prefix_length: 1, operator: "and", boost } } };
}

/** What a reader must be told of a hit: what was hit, and that it is removed; null where the ticker and the name say all. */
export function explainHit(ticker: Ticker, words: string): string | null {
  const matched = explainMatch(ticker, words);
  if (ticker.state !== "removed") return matched;
  return matched === null ? "no longer collected" : `${matched}, no longer collected`;
}

/** What was hit, where the ticker and the name do not show it; null where they do. */
export function explainMatch(ticker: Ticker, words: string): string | null {
  const folded = fold(words);
  const short = compact(words);
  if (folded === "") return null;
  const { ticker: own } = splitSymbol(ticker.symbol);
  const isShown = fold(ticker.symbol) === folded || (short !== "" && compact(own).startsWith(short));
  if (isShown || hasWords(ticker.name, folded) || compact(ticker.name).startsWith(short || " ")) return null;
  const former = ticker.formerTickers.find((each) => fold(each) === folded || fold(bareTicker(each)) === folded);
  if (former !== undefined) return `former ticker ${former}`;
  const alias = ticker.aliases.find((each) => hasWords(each, folded));
  if (alias !== undefined) return `also ${alias}`;
  return "similar name";
}

/** Whether every word is a word of the text, the last one perhaps only its beginning. */
function hasWords(text: string, folded: string): boolean {
  const has = wordsOf(fold(text));
  const wanted = wordsOf(folded);
  const last = wanted.pop();
  if (last === undefined) return false;
  return wanted.every((word) => has.includes(word)) && has.some((word) => word.startsWith(last));
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
