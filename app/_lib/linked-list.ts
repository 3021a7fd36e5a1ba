import { LIST_LIMITS, type WatchList } from "#lib/contracts/lists.ts";
import { symbolSchema } from "#lib/contracts/ticks.ts";

/** A list that lies in the address itself, so that whoever opens it sees it. */
export type LinkedList = Readonly<Pick<WatchList, "name"> & { symbols: readonly string[] }>;

/** What an address carries at most: with 40 letters a symbol some 8 KB, which servers and messengers take. Overflow: left out, and said. */
export const LINK_SYMBOLS = 200;

/** Of `symbols=NASDAQ:AAPL,…` and `name=…`; what is not a symbol is left out, null where nothing is left. */
export function parseLinkedList(symbols: string | null, name: string | null): LinkedList | null {
  const asked = new Set((symbols ?? "").split(",", LINK_SYMBOLS));
  const found = [...asked].filter((symbol) => symbolSchema.safeParse(symbol).success);
  if (found.length === 0) return null;
  return { name: (name ?? "").trim().slice(0, LIST_LIMITS.name) || "Linked list", symbols: found };
}
