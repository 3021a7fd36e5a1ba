import { z } from "zod";
import { each, keptIdSchema, NAME_LENGTH } from "./kept.ts";
import { symbolSchema } from "./ticks.ts";

/** What a person may keep. Overflow: refused, saying so. */
export const LIST_LIMITS = { lists: 50, symbols: 500, name: NAME_LENGTH } as const;

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

/** A watchlist: symbols in the order that its owner gave them, whether they are collected now or not. */
export const watchListSchema = z.strictObject({
  id: keptIdSchema,
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
