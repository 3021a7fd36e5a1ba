import { z } from "zod";
import { microsSchema, symbolSchema } from "./ticks.ts";

/** What a person may keep. Overflow: refused, saying so. */
export const LIST_LIMITS = { lists: 50, symbols: 500, name: 60 } as const;

/** What a watchlist can show of a symbol, in the order in which it does. */
export const COLUMNS = [
  "symbol",
  "name",
  "sector",
  "last",
  "change",
  "percent",
  "previous",
  "open",
  "high",
  "low",
  "vwap",
  "bid",
  "ask",
  "volume",
  "trades",
  "normal",
  "today",
  "freshness",
] as const;
export type ColumnKey = (typeof COLUMNS)[number];

const each = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** A watchlist: symbols in the order that its owner gave them, whether they are collected now or not. */
export const watchListSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{8,24}$/),
  name: z.string().trim().min(1).max(LIST_LIMITS.name),
  symbols: z.array(symbolSchema).max(LIST_LIMITS.symbols).refine(each, "a symbol stands in a list once"),
  /** null: the usual ones. */
  columns: z.array(z.enum(COLUMNS)).min(1).max(COLUMNS.length).refine(each, "a column is shown once").nullable(),
});
export type WatchList = z.infer<typeof watchListSchema>;

export const watchListsSchema = z
  .array(watchListSchema)
  .max(LIST_LIMITS.lists)
  .refine((lists) => each(lists.map((list) => list.id)), "the id of a list is its own");
export type WatchLists = readonly Readonly<WatchList>[];

/** A document of the index `lists`, `_id` = owner. Changed only through the API, with optimistic concurrency. */
export const ownedListsSchema = z.strictObject({ owner: z.string(), updated: microsSchema, lists: watchListsSchema });
export type OwnedLists = z.infer<typeof ownedListsSchema>;

/** A person's lists with the token that a change must present; null before there are any. */
export interface VersionedLists {
  lists: WatchLists;
  version: string | null;
}
