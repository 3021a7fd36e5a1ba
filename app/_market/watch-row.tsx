"use client";
import { memo, type PointerEvent } from "react";
import type { ColumnKey } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { decimalsOf, percent, side } from "../_lib/format.ts";
import { changeOf, noChangeWords } from "../_lib/quotes.ts";
import { useQuoteCell, useStale } from "../_live/hooks.ts";
import { RowFreshness } from "../_ui/freshness.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { Sparkline } from "./sparkline.tsx";
import { SymbolLink } from "./symbol-link.tsx";
import { Last, WatchCell } from "./watch-cells.tsx";

interface RowProps {
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
  onSelect: (symbol: string) => void;
  onOpen: (symbol: string) => void;
  onPress: (event: PointerEvent, symbol: string) => void;
  /** What can be done with the symbol. */
  actionsOf: (symbol: string) => readonly MenuItem[];
}

export const WatchRow = memo(function WatchRow(props: WatchRowProps) {
  const { table, instrument, closes, filled, index, columns, selected, dragged } = props;
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

interface PhoneRowProps extends RowProps {
  onOpen: (symbol: string) => void;
}

/** The same symbol as a row of the phone. */
export const PhoneRow = memo(function PhoneRow({ instrument, closes, filled, onOpen }: PhoneRowProps) {
  const { symbol, ticker, name } = instrument;
  const cell = useQuoteCell(symbol);
  const stale = useStale(instrument);
  const quote = cell?.quote;
  const change = changeOf(quote);
  return (
    <SymbolLink className={`row2${stale ? " old" : ""}`} symbol={symbol} onOpen={onOpen}>
      <div className="clip">
        <div className="sym strong">{ticker}</div>
        <small>
          <RowFreshness instrument={instrument} />
          <span className="clip">{name}</span>
        </small>
      </div>
      <Sparkline
        closes={closes}
        last={quote?.last ?? null}
        base={quote?.previousClose ?? null}
        change={change.absolute}
        filled={filled}
        width={64}
        height={28}
      />
      <div className="num">
        <div>
          <Last cell={cell} decimals={decimalsOf(instrument.tickSize)} />
        </div>
        <small className={side(change.percent)}>
          {change.percent === null ? noChangeWords(quote) : percent(change.percent)}
        </small>
      </div>
    </SymbolLink>
  );
});
