"use client";
import { memo, type PointerEvent } from "react";
import type { ColumnKey } from "#lib/contracts/lists.ts";
import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { useQuoteCell, useStale } from "../_live/hooks.ts";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { WatchCell } from "./watch-cells.tsx";

export interface RowProps {
  instrument: InstrumentView;
  closes: readonly number[];
  /** Share of the day's slots that `closes` takes. */
  filled: number;
}

/** Of a row, which each table on a page has of its own. */
export const rowId = (table: string, symbol: string): string => `${table}-${symbol}`;

interface WatchRowProps extends RowProps {
  /** Id of its table. */
  table: string;
  index: number;
  columns: readonly ColumnKey[];
  selected: boolean;
  dragged: boolean;
  normal: VolumeNormalView | undefined;
  onSelect: (symbol: string) => void;
  onOpen: (symbol: string) => void;
  onPress: (event: PointerEvent, symbol: string) => void;
  /** What can be done with the symbol. */
  actionsOf: (symbol: string) => readonly MenuItem[];
}

export const WatchRow = memo(function WatchRow(props: WatchRowProps) {
  const { table, instrument, closes, filled, index, columns, selected, dragged, normal } = props;
  const { onSelect, onOpen, onPress, actionsOf } = props;
  const { symbol } = instrument;
  const cell = useQuoteCell(symbol);
  const stale = useStale(instrument);
  const classes = [stale ? "old" : "", dragged ? "dragged" : ""].filter((one) => one !== "").join(" ");
  return (
    <tr
      id={rowId(table, symbol)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes || undefined}
      onClick={() => onSelect(symbol)}
      onDoubleClick={() => onOpen(symbol)}
      onPointerDown={(event) => onPress(event, symbol)}
    >
      {columns.map((column) => (
        <WatchCell
          key={column}
          column={column}
          instrument={instrument}
          cell={cell}
          normal={normal}
          closes={closes}
          filled={filled}
          onOpen={onOpen}
        />
      ))}
      <td className="acts">
        <Menu label={`Actions for ${instrument.ticker}`} items={() => actionsOf(symbol)} />
      </td>
    </tr>
  );
});
