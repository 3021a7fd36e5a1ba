import type { ReactNode } from "react";
import type { ColumnKey } from "#lib/contracts/lists.ts";
import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { COLUMN_WORDS } from "../_lib/columns.ts";
import { DASH, decimalsOf, percent, price, quantity, short, side, signed } from "../_lib/format.ts";
import { changeOf, dayChangeOf, type QuoteCell } from "../_lib/quotes.ts";
import { RowFreshness } from "../_ui/freshness.tsx";
import { RelativeVolume } from "./relative-volume.tsx";
import { Sparkline } from "./sparkline.tsx";
import { SymbolLink } from "./symbol-link.tsx";

export interface CellProps {
  column: ColumnKey;
  instrument: InstrumentView;
  cell: QuoteCell | undefined;
  normal: VolumeNormalView | undefined;
  closes: readonly number[];
  /** Share of the day's slots that `closes` takes. */
  filled: number;
  onOpen: (symbol: string) => void;
}

/** The last price; its tint says which way it went and fades. */
export function Last({ cell, decimals }: { cell: QuoteCell | undefined; decimals: number }) {
  const text = price(cell?.quote.last, decimals);
  const flash = cell?.flash;
  if (!flash) return text;
  return (
    <span key={flash.id} className={`flash ${flash.direction}`}>
      {text}
    </span>
  );
}

/** Values that are not the point are quieter. */
const QUIET: ReadonlySet<ColumnKey> = new Set([
  "name",
  "sector",
  "previous",
  "open",
  "high",
  "low",
  "vwap",
  "bid",
  "ask",
  "volume",
  "trades",
]);

export function WatchCell(props: CellProps) {
  const { column, cell } = props;
  const classes = [
    COLUMN_WORDS[column].number ? "num" : "",
    QUIET.has(column) ? "sub" : "",
    column === "change" || column === "percent" ? side(changeOf(cell?.quote).absolute) : "",
  ];
  return (
    <td className={classes.filter((one) => one !== "").join(" ") || undefined}>
      {CONTENT[column]({ ...props, decimals: decimalsOf(props.instrument.tickSize) })}
    </td>
  );
}

/** What a column shows of a symbol. */
const CONTENT: Readonly<Record<ColumnKey, (props: CellProps & { decimals: number }) => ReactNode>> = {
  symbol: ({ instrument, onOpen }) => (
    <SymbolLink className="sym" symbol={instrument.symbol} onOpen={onOpen} tabIndex={-1} draggable={false}>
      {instrument.ticker}
    </SymbolLink>
  ),
  name: ({ instrument }) => (
    <div className="name">
      <span className="clip">{instrument.name}</span>
      <small>{instrument.exchange}</small>
    </div>
  ),
  sector: ({ instrument }) => instrument.sector ?? DASH,
  last: ({ cell, decimals }) => <Last cell={cell} decimals={decimals} />,
  change: ({ cell, decimals }) => signed(changeOf(cell?.quote).absolute, decimals),
  percent: ({ cell }) => percent(changeOf(cell?.quote).percent),
  previous: ({ cell, decimals }) => price(cell?.quote.previousClose, decimals),
  open: ({ cell, decimals }) => price(cell?.quote.dayOpen, decimals),
  high: ({ cell, decimals }) => price(cell?.quote.dayHigh, decimals),
  low: ({ cell, decimals }) => price(cell?.quote.dayLow, decimals),
  vwap: ({ cell, decimals }) => price(cell?.quote.dayVwap, decimals),
  bid: ({ cell, decimals }) => price(cell?.quote.bid, decimals),
  ask: ({ cell, decimals }) => price(cell?.quote.ask, decimals),
  volume: ({ cell }) => short(cell?.quote.dayVolume),
  trades: ({ cell }) => quantity(cell?.quote.dayTrades),
  normal: ({ normal }) => <RelativeVolume normal={normal} />,
  today: ({ cell, closes, filled }) => (
    <Sparkline
      closes={closes}
      last={cell?.quote.last ?? null}
      base={cell?.quote.previousClose ?? null}
      change={dayChangeOf(cell?.quote).absolute}
      filled={filled}
      width={88}
      height={20}
    />
  ),
  freshness: ({ instrument }) => <RowFreshness instrument={instrument} />,
};
