"use client";
import type { ColumnKey, WatchList } from "#lib/contracts/lists.ts";
import type { LinkedList } from "../_lib/linked-list.ts";
import { AddSymbol } from "../_lists/add-symbol.tsx";
import { ColumnsButton } from "../_lists/columns-button.tsx";
import type { ListDialog } from "../_lists/list-dialogs.tsx";
import { ListPicker } from "../_lists/list-picker.tsx";
import type { Lists } from "../_lists/use-lists.ts";
import { Late } from "../_ui/late.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";

interface ListHeadProps {
  lists: Lists;
  list: WatchList | null;
  /** What the address names instead. */
  linked: LinkedList | null;
  /** How many symbols are collected. */
  all: number;
  exchanges: readonly string[];
  chosen: string | null;
  /** null while it is not known. */
  count: number | null;
  columns: readonly ColumnKey[];
  onExchange: (exchange: string | null) => void;
  onChoose: (list: string | null) => void;
  onOpen: (dialog: ListDialog) => void;
  onAdd: (list: WatchList, symbols: readonly string[]) => void;
  onColumns: (columns: readonly ColumnKey[] | null) => void;
  menu: () => readonly MenuItem[];
}

/** Which list, which part of it, what is added to it, and its columns. */
export function ListHead(props: ListHeadProps) {
  const {
    lists,
    list,
    linked,
    all,
    exchanges,
    chosen,
    count,
    columns,
    onExchange,
    onChoose,
    onOpen,
    onAdd,
    onColumns,
    menu,
  } = props;
  return (
    <header className="list-head">
      <ListPicker
        lists={lists.lists ?? []}
        chosen={list}
        linked={linked}
        all={all}
        place={lists.place}
        onChoose={onChoose}
        onChange={(change) => void lists.change(change)}
        onNew={() => onOpen("new")}
        onImport={() => onOpen("import")}
      />
      {exchanges.length > 1 && (
        <div className="segment desk" role="group" aria-label="Exchange">
          {[null, ...exchanges].map((exchange) => (
            <button
              key={exchange ?? "all"}
              type="button"
              aria-pressed={exchange === chosen}
              onClick={() => onExchange(exchange)}
            >
              {exchange ?? "All"}
            </button>
          ))}
        </div>
      )}
      <span className="grow" />
      {list && (
        <div className="desk">
          <AddSymbol list={list} onAdd={(symbols) => onAdd(list, symbols)} />
        </div>
      )}
      <span className="dim">
        {count === null ? <Late>Loading symbols</Late> : `${count} ${count === 1 ? "symbol" : "symbols"}`}
      </span>
      {list && (
        <button type="button" className="btn phone" onClick={() => onOpen("edit")}>
          Edit
        </button>
      )}
      <span className="desk">
        <ColumnsButton shown={columns} onChange={onColumns} />
      </span>
      <Menu label={`Actions for ${list?.name ?? linked?.name ?? "all symbols"}`} items={menu} />
    </header>
  );
}
