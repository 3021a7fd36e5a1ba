"use client";
import type { KeyboardEvent } from "react";
import type { WatchList, WatchLists } from "#lib/contracts/lists.ts";
import type { LinkedList } from "../_lib/linked-list.ts";
import { stepList, type ListChange } from "../_lib/lists.ts";
import { Popover } from "../_ui/popover.tsx";

interface ListPickerProps {
  lists: WatchLists;
  /** null: all symbols. */
  chosen: WatchList | null;
  /** What the address names instead of a list. */
  linked: LinkedList | null;
  /** How many symbols there are. */
  all: number;
  place: "server" | "browser" | null;
  onChoose: (list: string | null) => void;
  onChange: (change: ListChange) => void;
  onNew: () => void;
  onImport: () => void;
}

/** Which list is shown; Alt and an arrow move one among the others. */
export function ListPicker({
  lists,
  chosen,
  linked,
  all,
  place,
  onChoose,
  onChange,
  onNew,
  onImport,
}: ListPickerProps) {
  const name = chosen?.name ?? linked?.name ?? "All symbols";
  const onKey = (event: KeyboardEvent, id: string): void => {
    if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    onChange(stepList(id, event.key === "ArrowDown" ? 1 : -1));
  };
  return (
    <Popover
      label={`Watchlist: ${name}`}
      className="btn list-picker"
      width={256}
      button={
        <>
          <span className="clip">{name}</span>
          <span className="caret" aria-hidden="true" />
        </>
      }
    >
      {(close) => (
        <>
          <div role="radiogroup" aria-label="Lists">
            {[null, ...lists].map((list) => (
              <button
                key={list?.id ?? "all"}
                type="button"
                role="radio"
                aria-checked={list?.id === chosen?.id && (list !== null || linked === null)}
                onKeyDown={list ? (event) => onKey(event, list.id) : undefined}
                onClick={() => {
                  close();
                  onChoose(list?.id ?? null);
                }}
              >
                <span className="clip">{list?.name ?? "All symbols"}</span>
                <span className="dim">{list ? list.symbols.length : all}</span>
              </button>
            ))}
          </div>
          <hr />
          <Action words="New list" run={onNew} close={close} />
          <Action words="Import symbols" run={onImport} close={close} />
          {place !== null && (
            <p>
              {place === "server" ? "Kept on the server" : "Kept in this browser; sign in to keep them on the server"}
            </p>
          )}
        </>
      )}
    </Popover>
  );
}

function Action({ words, run, close }: { words: string; run: () => void; close: () => void }) {
  return (
    <button
      type="button"
      onClick={() => {
        close();
        run();
      }}
    >
      {words}
    </button>
  );
}
