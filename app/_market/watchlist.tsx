"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { isTyping } from "../_lib/keys.ts";
import { symbolHref } from "../_lib/links.ts";
import { stepped } from "../_lib/search.ts";
import type { Sort, SortKey } from "../_lib/sort.ts";
import { rowWindow, type RowWindow } from "../_lib/window.ts";
import { rowId, WatchRow } from "./watch-row.tsx";

const ROW = 28;
const HEAD = 28;

export const COLUMNS: readonly { key: SortKey; title: string; width: number | null; number: boolean }[] = [
  { key: "symbol", title: "Symbol", width: 88, number: false },
  { key: "name", title: "Name", width: null, number: false },
  { key: "last", title: "Last", width: 88, number: true },
  { key: "change", title: "Change", width: 84, number: true },
  { key: "percent", title: "Change %", width: 72, number: true },
  { key: "bid", title: "Bid", width: 84, number: true },
  { key: "ask", title: "Ask", width: 84, number: true },
  { key: "volume", title: "Volume", width: 68, number: true },
  { key: "today", title: "Today", width: 104, number: true },
  { key: "freshness", title: "Freshness", width: 132, number: false },
];

export interface WatchlistProps {
  instruments: readonly InstrumentView[];
  closesOf: (symbol: string) => readonly number[];
  filledOf: (symbol: string) => number;
  sort: Sort | null;
  onSort: (key: SortKey) => void;
  selected: string | null;
  onSelect: (symbol: string) => void;
}

const MOVES: ReadonlySet<string> = new Set(["ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp"]);

/** Keys of the list: also while nothing has the focus. */
function useListKeys({ instruments, selected, onSelect }: WatchlistProps, reveal: (index: number) => void) {
  const router = useRouter();
  const handle = useCallback(
    (event: Pick<globalThis.KeyboardEvent, "key" | "preventDefault" | "ctrlKey" | "metaKey" | "altKey">) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = instruments.findIndex((instrument) => instrument.symbol === selected);
      if (event.key === "Enter" && at >= 0 && selected !== null) router.push(symbolHref(selected));
      if (!MOVES.has(event.key)) return;
      event.preventDefault();
      const to = at < 0 ? 0 : stepped(at, event.key, instruments.length);
      const next = instruments[to];
      if (next) onSelect(next.symbol);
      reveal(to);
    },
    [instruments, selected, onSelect, router, reveal],
  );
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.target === document.body && !event.defaultPrevented && !isTyping(event.target)) handle(event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [handle]);
  return handle;
}

/** The watchlist as a table; rows out of sight are not in the document, so that 500 symbols cost what 40 do. */
export function Watchlist(props: WatchlistProps) {
  const { instruments, closesOf, filledOf, sort, onSort, selected, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<RowWindow>({ first: 0, end: 48 });

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = rowWindow(element.scrollTop, element.clientHeight, ROW, instruments.length);
    setShown((before) => (before.first === next.first && before.end === next.end ? before : next));
  }, [instruments.length]);
  useEffect(() => {
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [measure]);

  const reveal = useCallback((index: number) => {
    const element = scroller.current;
    if (!element) return;
    const top = index * ROW;
    const room = element.clientHeight - HEAD;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW > element.scrollTop + room) element.scrollTop = top + ROW - room;
  }, []);
  const onKey = useListKeys(props, reveal);
  const rows = instruments.slice(shown.first, shown.end);
  const selectedShown = rows.some((instrument) => instrument.symbol === selected);

  return (
    <div ref={scroller} className="fill scroll" onScroll={measure}>
      <table
        // A table whose rows are chosen with the keys is a grid.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-rowcount={instruments.length + 1}
        aria-activedescendant={selected !== null && selectedShown ? rowId(selected) : undefined}
        tabIndex={0}
        onKeyDown={(event: KeyboardEvent) => onKey(event.nativeEvent)}
      >
        <colgroup>
          {COLUMNS.map(({ key, width }) => (
            <col key={key} style={width === null ? undefined : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ key, title, number }) => (
              <th
                key={key}
                scope="col"
                className={number ? "num" : undefined}
                aria-sort={sort?.key === key ? sort.order : undefined}
              >
                <button type="button" className="sort" onClick={() => onSort(key)}>
                  {title}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="live">
          <Spacer rows={shown.first} />
          {rows.map((instrument, i) => (
            <WatchRow
              key={instrument.symbol}
              index={shown.first + i}
              instrument={instrument}
              closes={closesOf(instrument.symbol)}
              filled={filledOf(instrument.symbol)}
              selected={instrument.symbol === selected}
              onSelect={onSelect}
            />
          ))}
          <Spacer rows={instruments.length - Math.min(shown.end, instruments.length)} />
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={COLUMNS.length} style={{ height: rows * ROW }} />
    </tr>
  );
}
