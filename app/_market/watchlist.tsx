"use client";
import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { ColumnKey } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { COLUMN_WORDS, fittingColumns, widthOf } from "../_lib/columns.ts";
import type { Sort, SortKey } from "../_lib/sort.ts";
import { rowWindow, type RowWindow } from "../_lib/window.ts";
import { useDragOrder } from "../_lists/use-drag-order.ts";
import type { MenuItem } from "../_ui/menu.tsx";
import { useSize } from "../_ui/use-size.ts";
import { useListKeys } from "./use-list-keys.ts";
import type { NormalOf } from "./use-volume-normals.ts";
import { rowId, WatchRow } from "./watch-row.tsx";

const ROW = 28;
const HEAD = 28;

/** Of the column of actions, px. */
const ACTIONS = 32;

export interface WatchlistProps {
  instruments: readonly InstrumentView[];
  columns: readonly ColumnKey[];
  closesOf: (symbol: string) => readonly number[];
  filledOf: (symbol: string) => number;
  normalOf: NormalOf;
  sort: Sort | null;
  onSort: (key: SortKey) => void;
  selected: string | null;
  onSelect: (symbol: string) => void;
  /** A double click, Enter, or a click on the ticker. */
  onOpen: (symbol: string) => void;
  /** Its keys also count while nothing has the focus. */
  everywhere: boolean;
  /** Whether the reader may order its rows by hand. */
  ordered: boolean;
  onMove: (symbol: string, before: string | null) => void;
  /** A key that moves the chosen symbol, or takes it out of the list. */
  onStep: (symbol: string, by: -1 | 1) => void;
  onTake: (symbol: string) => void;
  actionsOf: (symbol: string) => readonly MenuItem[];
}

/** The watchlist as a table; rows out of sight are not in the document, so that 500 symbols cost what 40 do. */
export function Watchlist(props: WatchlistProps) {
  const { instruments, closesOf, filledOf, normalOf, sort, onSort, selected, onSelect, onOpen, actionsOf } = props;
  const { ordered, onMove } = props;
  const id = useId();
  const [scroller, size] = useSize<HTMLDivElement>();
  const columns = useMemo(() => fittingColumns(props.columns, size.width - ACTIONS), [props.columns, size.width]);
  const body = useRef<HTMLTableSectionElement>(null);
  const [shown, setShown] = useState<RowWindow>({ first: 0, end: 48 });

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = rowWindow(element.scrollTop, element.clientHeight, ROW, instruments.length);
    setShown((before) => (before.first === next.first && before.end === next.end ? before : next));
  }, [scroller, instruments.length]);
  useEffect(measure, [measure, size.height]);

  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = index * ROW;
      const room = element.clientHeight - HEAD;
      if (top < element.scrollTop) element.scrollTo({ top });
      else if (top + ROW > element.scrollTop + room) element.scrollTo({ top: top + ROW - room });
    },
    [scroller],
  );
  const onKey = useListKeys(props, reveal);
  const symbols = useMemo(
    () => (ordered ? instruments.map((instrument) => instrument.symbol) : null),
    [ordered, instruments],
  );
  const { dragged, begin } = useDragOrder({ symbols, rowHeight: ROW, rows: body, scroller, onMove });
  const onPress = useCallback(
    (event: PointerEvent, symbol: string) => {
      // A finger scrolls; on a phone the rows are ordered in their own sheet.
      const onButton = event.target instanceof Element && event.target.closest("button") !== null;
      if (event.pointerType === "mouse" && !onButton) begin(event, symbol);
    },
    [begin],
  );
  const rows = instruments.slice(shown.first, shown.end);
  const selectedShown = rows.some((instrument) => instrument.symbol === selected);

  return (
    <div ref={scroller} className="fill scroll" onScroll={measure}>
      <table
        // A table whose rows are chosen with the keys is a grid.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        style={{ minWidth: widthOf(columns) + ACTIONS }}
        aria-rowcount={instruments.length + 1}
        aria-activedescendant={selected !== null && selectedShown ? rowId(id, selected) : undefined}
        tabIndex={0}
        onKeyDown={(event: KeyboardEvent) => onKey(event.nativeEvent)}
      >
        <WatchHead columns={columns} sort={sort} onSort={onSort} />
        <tbody ref={body} className={ordered ? "live ordered" : "live"}>
          <Spacer rows={shown.first} columns={columns.length + 1} />
          {rows.map((instrument, i) => (
            <WatchRow
              key={instrument.symbol}
              table={id}
              index={shown.first + i}
              instrument={instrument}
              closes={closesOf(instrument.symbol)}
              filled={filledOf(instrument.symbol)}
              normal={normalOf(instrument.symbol)}
              columns={columns}
              selected={instrument.symbol === selected}
              dragged={instrument.symbol === dragged?.symbol}
              onSelect={onSelect}
              onOpen={onOpen}
              onPress={onPress}
              actionsOf={actionsOf}
            />
          ))}
          <Spacer rows={instruments.length - Math.min(shown.end, instruments.length)} columns={columns.length + 1} />
        </tbody>
      </table>
      {dragged && <div className="drop-line" style={{ top: HEAD + dragged.gap * ROW }} />}
    </div>
  );
}

function Spacer({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={columns} style={{ height: rows * ROW }} />
    </tr>
  );
}

function WatchHead({ columns, sort, onSort }: Pick<WatchlistProps, "columns" | "sort" | "onSort">) {
  return (
    <>
      <colgroup>
        {columns.map((key) => (
          <col key={key} style={{ width: COLUMN_WORDS[key].width ?? undefined }} />
        ))}
        <col style={{ width: ACTIONS }} />
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((key) => (
            <th
              key={key}
              scope="col"
              className={COLUMN_WORDS[key].number ? "num" : undefined}
              aria-sort={sort?.key === key ? sort.order : undefined}
            >
              <button type="button" className="sort" title={COLUMN_WORDS[key].about} onClick={() => onSort(key)}>
                {COLUMN_WORDS[key].title}
              </button>
            </th>
          ))}
          <th scope="col" className="acts">
            <span className="sr">Actions</span>
          </th>
        </tr>
      </thead>
    </>
  );
}
