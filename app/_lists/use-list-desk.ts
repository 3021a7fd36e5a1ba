"use client";
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import type { ColumnKey, WatchList } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { COLUMN_WORDS, type RowFacts, USUAL_COLUMNS } from "../_lib/columns.ts";
import { stepBefore } from "../_lib/lists.ts";
import type { ListView } from "../_lib/market-link.ts";
import { nextSort, type SortKey } from "../_lib/sort.ts";
import { toast } from "../_ui/toasts.tsx";
import { listMenu, rowMenu, type ListMenuParts } from "./list-menu.ts";
import { tickerOf, useListActions } from "./use-list-actions.ts";
import type { Lists } from "./use-lists.ts";

interface ListDeskOptions {
  lists: Lists;
  /** null: all symbols. */
  list: WatchList | null;
  view: ListView;
  onView: (change: Partial<ListView>) => void;
  factsOf: (instrument: InstrumentView) => RowFacts;
  /** What is shown, in its order. */
  shown: readonly InstrumentView[];
  choose: (list: string | null) => void;
  open: ListMenuParts["open"];
}

/** What a reader can do with the list that is shown, and what is said of it to who cannot see it. */
export function useListDesk({ lists, list, view, onView, factsOf, shown, choose, open }: ListDeskOptions) {
  const actions = useListActions(lists, choose);
  const columns = view.columns ?? list?.columns ?? USUAL_COLUMNS;
  const keepOrder = (): void => {
    if (!list) return;
    const order = shown.map((one) => one.symbol);
    actions.order(list, order);
    onView({ sort: null });
  };
  const parts: ListMenuParts = {
    lists,
    list,
    linked: list ? null : view.linked,
    shown,
    columns,
    sort: view.sort,
    factsOf,
    actions,
    open,
    keepOrder,
  };
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  const actionsOf = useCallback((symbol: string) => rowMenu(latest.current, symbol), []);

  const rows = useRowActions(latest);
  const onSort = useCallback((key: SortKey) => onView({ sort: nextSort(view.sort, key) }), [onView, view.sort]);
  const onColumns = (next: readonly ColumnKey[] | null): void => {
    onView({ columns: next });
    if (list) actions.columns(list, next);
    const hidden = view.sort && !(next ?? USUAL_COLUMNS).includes(view.sort.key);
    if (hidden && view.sort) toast(`Still sorted by ${COLUMN_WORDS[view.sort.key].title}`);
  };
  const menu = useCallback(() => listMenu(latest.current), []);
  return { actions, columns, menu, actionsOf, onSort, onColumns, ...rows };
}

const KEEP_FIRST = "This list came by a link: keep it, and it is yours to change";

/** Moves and takes symbols, and says to who cannot see it where one is now. */
function useRowActions(latest: RefObject<ListMenuParts>) {
  const [said, setSaid] = useState("");
  const onMove = useCallback(
    (symbol: string, before: string | null) => {
      const { list: own, shown, actions: todo } = latest.current;
      if (!own) return;
      todo.move(own, symbol, before);
      const order = shown.map((one) => one.symbol).filter((one) => one !== symbol);
      const at = before === null ? order.length : order.indexOf(before);
      setSaid(`${tickerOf(symbol)} is number ${at + 1} of ${order.length + 1}`);
    },
    [latest],
  );
  const onStep = useCallback(
    (symbol: string, by: -1 | 1) => {
      const { list: own, linked, shown, sort, keepOrder } = latest.current;
      if (!own)
        return toast(linked ? KEEP_FIRST : "All symbols has an order of its own; make a list to order it by hand");
      if (sort) {
        return toast("A sorted list is not ordered by hand", { words: "Keep this order", run: keepOrder });
      }
      const before = stepBefore(
        shown.map((one) => one.symbol),
        symbol,
        by,
      );
      if (before !== undefined) onMove(symbol, before);
    },
    [latest, onMove],
  );
  const onTake = useCallback(
    (symbol: string) => {
      const { list: own, linked, actions: todo } = latest.current;
      if (own) todo.take(own, [symbol]);
      else toast(linked ? KEEP_FIRST : "All symbols cannot be changed; what is collected is decided under Admin");
    },
    [latest],
  );
  return { said, onMove, onStep, onTake };
}
