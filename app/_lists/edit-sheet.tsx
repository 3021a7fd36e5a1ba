"use client";
import { useRef, type KeyboardEvent } from "react";
import type { WatchList } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { stepBefore } from "../_lib/lists.ts";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { AddSymbol } from "./add-symbol.tsx";
import type { ListActions } from "./use-list-actions.ts";
import { tickerOf } from "./use-list-actions.ts";
import { useDragOrder } from "./use-drag-order.ts";

const ROW = 44;

interface EditSheetProps {
  list: WatchList;
  instruments: readonly InstrumentView[];
  actions: ListActions;
  onClose: () => void;
}

/** The symbols of a list to add to, order and take out, as a sheet: for fingers, and for who prefers buttons. */
export function EditSheet({ list, instruments, actions, onClose }: EditSheetProps) {
  const rows = useRef<HTMLUListElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { dragged, begin } = useDragOrder({
    symbols: list.symbols,
    rowHeight: ROW,
    rows,
    scroller,
    onMove: (symbol, before) => actions.move(list, symbol, before),
  });
  const nameOf = (symbol: string): string => instruments.find((one) => one.symbol === symbol)?.name ?? "not collected";
  const onKey = (event: KeyboardEvent, symbol: string): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const before = stepBefore(list.symbols, symbol, event.key === "ArrowDown" ? 1 : -1);
    if (before !== undefined) actions.move(list, symbol, before);
  };
  return (
    <Modal label={`Edit ${list.name}`} className="dialog wide edit-list" onClose={onClose}>
      <header>
        <h2 className="clip">{list.name}</h2>
        <span className="grow" />
        <button type="button" className="btn" onClick={onClose}>
          Done
        </button>
      </header>
      <AddSymbol list={list} onAdd={(symbols) => actions.add(list, symbols)} />
      <div ref={scroller} className="scroll edit-rows">
        <ul ref={rows}>
          {list.symbols.map((symbol) => (
            <li key={symbol} className={dragged?.symbol === symbol ? "dragged" : undefined}>
              <button
                type="button"
                className="btn square grip"
                aria-label={`Move ${tickerOf(symbol)}: drag, or arrow keys`}
                onPointerDown={(event) => begin(event, symbol)}
                onKeyDown={(event) => onKey(event, symbol)}
              >
                <Icon name="grip" />
              </button>
              <span className="sym strong">{tickerOf(symbol)}</span>
              <span className="sub clip">{nameOf(symbol)}</span>
              <button
                type="button"
                className="btn square"
                aria-label={`Remove ${tickerOf(symbol)}`}
                onClick={() => actions.take(list, [symbol])}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
        {dragged && <div className="drop-line" style={{ top: dragged.gap * ROW }} />}
        {list.symbols.length === 0 && <p className="none">No symbols yet: type one above.</p>}
      </div>
    </Modal>
  );
}
