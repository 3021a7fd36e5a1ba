import { LIST_LIMITS } from "#lib/contracts/lists.ts";

/** What may be pasted or opened at most, characters. */
export const IMPORT_LENGTH = 200_000;

/** What an import needs to know of a symbol. */
export interface Known {
  symbol: string;
  exchange: string;
  ticker: string;
}

export interface ImportPlan {
  /** Found, each once, in their order. */
  symbols: string[];
  /** Not collected under that exchange, but under another: taken if the reader says so. */
  elsewhere: { wanted: string; symbol: string }[];
  /** Not collected at all. */
  unknown: string[];
  /** Beyond what one list holds. */
  left: number;
}

const HEADS = /^(symbols?|tickers?|codes?|instruments?)$/i;

/**
 * The words for symbols in a text: one a line, separated by commas, semicolons or tabs, or the symbol column of a CSV with a head.
 * Section marks (`###Tech`) and lines of comment (`# …`) are passed over. Each once, in their order.
 */
export function parseSymbols(text: string): string[] {
  const rows = text
    .slice(0, IMPORT_LENGTH)
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .map(cells);
  const column = rows[0]?.findIndex((cell) => HEADS.test(cell)) ?? -1;
  const words = column >= 0 ? rows.slice(1).map((row) => row[column] ?? "") : rows.flat();
  return [...new Set(words.filter((word) => word !== "" && !word.startsWith("#")).map((word) => word.toUpperCase()))];
}

/** The cells of a line; a quoted one may hold separators and doubled quotes. A line cannot go on in the next. */
function cells(line: string): string[] {
  if (/^\s*#(?!##)/.test(line)) return [];
  const found: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    if (letter === '"') {
      if (quoted && line[at + 1] === '"') cell += line.charAt(++at);
      else quoted = !quoted;
    } else if (!quoted && /[,;\t]/.test(letter)) {
      found.push(cell.trim());
      cell = "";
    } else cell += letter;
  }
  return [...found, cell.trim()];
}

/** `BTC-USD`, `BTC/USD` and `BTCUSD` are one. */
const plain = (ticker: string): string => ticker.replaceAll(/[^A-Z0-9]/g, "");

/** What to do with the words of an import; of symbols with the same ticker the first of `known` is meant. */
export function planImport(words: readonly string[], known: readonly Known[]): ImportPlan {
  const bySymbol = new Set(known.map((one) => one.symbol));
  const byTicker = new Map<string, Known[]>();
  for (const one of known) {
    const key = plain(one.ticker);
    byTicker.set(key, [...(byTicker.get(key) ?? []), one]);
  }
  const symbols = new Set<string>();
  const elsewhere: ImportPlan["elsewhere"] = [];
  const unknown: string[] = [];
  for (const word of words) {
    const colon = word.indexOf(":");
    const exchange = colon < 0 ? null : word.slice(0, colon);
    const same = byTicker.get(plain(word.slice(colon + 1))) ?? [];
    const [first] = same;
    const meant = exchange === null ? first : same.find((one) => one.exchange === exchange);
    if (bySymbol.has(word)) symbols.add(word);
    else if (meant) symbols.add(meant.symbol);
    else if (first) elsewhere.push({ wanted: word, symbol: first.symbol });
    else unknown.push(word);
  }
  const all = [...symbols];
  return {
    symbols: all.slice(0, LIST_LIMITS.symbols),
    elsewhere,
    unknown,
    left: Math.max(0, all.length - LIST_LIMITS.symbols),
  };
}
