"use client";
import { useId, useState, type KeyboardEvent } from "react";
import type { WatchList } from "#lib/contracts/lists.ts";
import { splitSymbol } from "#lib/domain/symbol.ts";
import { stepped, type Hit } from "../_lib/search.ts";
import { useTickerSearch } from "../_search/use-ticker-search.ts";
import { toast } from "../_ui/toasts.tsx";
import { tickerOf } from "./use-list-actions.ts";

const SUGGESTIONS = 8;

interface AddSymbolProps {
  list: WatchList;
  onAdd: (symbols: readonly string[]) => void;
}

/** A field that adds symbols to the list: what is typed is searched, Enter takes the chosen hit, and the next can be typed. */
export function AddSymbol({ list, onAdd }: AddSymbolProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [selected, setSelected] = useState(0);
  const [open, setOpen] = useState(false);
  const words = typed.trim();
  const { data, ask, settled } = useTickerSearch(typed, null, SUGGESTIONS);
  const hits = open && words !== "" ? (data?.hits ?? []) : [];
  const at = Math.min(selected, Math.max(0, hits.length - 1));

  const add = (hit: Hit | undefined): void => {
    if (!hit) return toast(`Nothing that is collected matches “${words}”; symbols are added under Admin`);
    onAdd([hit.ticker.symbol]);
    setTyped("");
    setSelected(0);
  };
  const enter = async (): Promise<void> => {
    if (words === "") return;
    if (settled) return add(hits[at]);
    // Typed faster than it was searched: what was typed counts.
    const answer = await ask(words).catch(() => null);
    if (answer) add(answer.hits[0]);
    else toast("The search does not answer; nothing was added");
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter") {
      event.preventDefault();
      void enter();
    } else if (event.key === "Escape" && open && words !== "") {
      event.preventDefault();
      setTyped("");
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setSelected(stepped(at, event.key, hits.length));
    }
  };
  return (
    <div className="field add-symbol">
      <input
        value={typed}
        className="words"
        aria-label={`Add a symbol to ${list.name}`}
        placeholder="Add a symbol"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-hits`}
        aria-activedescendant={hits.length > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        onChange={(event) => {
          setTyped(event.target.value);
          setSelected(0);
          setOpen(true);
        }}
        onKeyDown={onKey}
        onBlur={() => setTimeout(() => setOpen(false), 120)}
      />
      {hits.length > 0 && (
        <div id={`${id}-hits`} className="listings" role="listbox" aria-label="Symbols">
          {hits.map((hit, index) => (
            <button
              key={hit.ticker.symbol}
              id={`${id}-${index}`}
              type="button"
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => add(hit)}
            >
              <span className="sym strong clip">{tickerOf(hit.ticker.symbol)}</span>
              <span className="sub clip">
                {hit.ticker.name} <small className="dim">{splitSymbol(hit.ticker.symbol).exchange}</small>
              </span>
              <span className="dim">{list.symbols.includes(hit.ticker.symbol) ? "in it" : ""}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
