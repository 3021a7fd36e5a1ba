"use client";
import { useMemo } from "react";
import type { ColumnKey, WatchList } from "#lib/contracts/lists.ts";
import { splitSymbol } from "#lib/domain/symbol.ts";
import { newId } from "../_kept/new-id.ts";
import {
  addSymbols,
  createList,
  deleteList,
  moveSymbol,
  orderSymbols,
  removeSymbols,
  renameList,
  setColumns,
} from "../_lib/lists.ts";
import { toast } from "../_ui/toasts.tsx";
import type { Lists } from "./use-lists.ts";

export interface ListActions {
  create: (name: string, symbols: readonly string[]) => Promise<void>;
  rename: (list: WatchList, name: string) => void;
  duplicate: (list: WatchList) => void;
  remove: (list: WatchList) => void;
  add: (list: WatchList, symbols: readonly string[]) => void;
  take: (list: WatchList, symbols: readonly string[]) => void;
  /** Puts a symbol before another; null: at the end. */
  move: (list: WatchList, symbol: string, before: string | null) => void;
  /** Makes what is shown the list's own order. */
  order: (list: WatchList, symbols: readonly string[]) => void;
  columns: (list: WatchList, columns: readonly ColumnKey[] | null) => void;
}

export const tickerOf = (symbol: string): string => splitSymbol(symbol).ticker;
const named = (symbols: readonly string[]): string =>
  symbols.length === 1 ? tickerOf(symbols[0] ?? "") : `${symbols.length} symbols`;

/** What a person does to lists, each with its way back. `onChoose` shows another list. */
export function useListActions({ lists, change }: Lists, onChoose: (list: string | null) => void): ListActions {
  return useMemo(() => {
    const begin = async (list: WatchList, at?: number): Promise<void> => {
      if (await change(createList(list, at))) onChoose(list.id);
    };
    const put = async (list: WatchList, symbols: readonly string[]): Promise<void> => {
      const done = await change(addSymbols(list.id, symbols));
      if (done) toast(`${named(symbols)} added to “${list.name}”`);
    };
    const back = (list: WatchList, symbols: readonly string[]): void => {
      // Each before what followed it, the last first, so that what it goes before is there already.
      for (const symbol of symbols.toReversed()) {
        const before = list.symbols[list.symbols.indexOf(symbol) + 1] ?? null;
        void change(addSymbols(list.id, [symbol], before));
      }
    };
    return {
      create: (name, symbols) => begin({ id: newId(), name, symbols: [...symbols], columns: null }),
      rename: (list, name) => void change(renameList(list.id, name)),
      duplicate: (list) => {
        const at = (lists ?? []).findIndex(({ id }) => id === list.id);
        void begin({ ...list, id: newId() }, at + 1);
      },
      remove: (list) => {
        const at = (lists ?? []).findIndex(({ id }) => id === list.id);
        onChoose(null);
        toast(`“${list.name}” deleted`, { words: "Undo", run: () => void begin(list, at) });
        void change(deleteList(list.id));
      },
      add: (list, symbols) => {
        const fresh = symbols.filter((symbol) => !list.symbols.includes(symbol));
        if (fresh.length === 0) return toast(`${named(symbols)} is in “${list.name}” already`);
        void put(list, fresh);
      },
      take: (list, symbols) => {
        toast(`${named(symbols)} removed from “${list.name}”`, { words: "Undo", run: () => back(list, symbols) });
        void change(removeSymbols(list.id, symbols));
      },
      move: (list, symbol, before) => void change(moveSymbol(list.id, symbol, before)),
      order: (list, symbols) => {
        toast(`“${list.name}” keeps this order`, {
          words: "Undo",
          run: () => void change(orderSymbols(list.id, list.symbols)),
        });
        void change(orderSymbols(list.id, symbols));
      },
      columns: (list, columns) => void change(setColumns(list.id, columns)),
    };
  }, [lists, change, onChoose]);
}
