"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { memo } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { decimalsOf, percent, price, short, side, signed } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { changeOf, noChangeWords, type QuoteCell } from "../_lib/quotes.ts";
import { useQuoteCell, useStale } from "../_live/hooks.ts";
import { RowFreshness } from "../_ui/freshness.tsx";
import { Sparkline } from "./sparkline.tsx";

export interface RowProps {
  instrument: InstrumentView;
  closes: readonly number[];
  /** Share of the day's slots that `closes` takes. */
  filled: number;
  selected: boolean;
  onSelect: (symbol: string) => void;
}

export const rowId = (symbol: string): string => `row-${symbol}`;

/** The last price; its tint says which way it went and fades. */
function Last({ cell, decimals }: { cell: QuoteCell | undefined; decimals: number }) {
  const text = price(cell?.quote.last, decimals);
  const flash = cell?.flash;
  if (!flash) return text;
  return (
    <span key={flash.id} className={`flash ${flash.direction}`}>
      {text}
    </span>
  );
}

export const WatchRow = memo(function WatchRow(props: RowProps & { index: number }) {
  const { instrument, closes, filled, selected, onSelect, index } = props;
  const { symbol, ticker, name, exchange } = instrument;
  const router = useRouter();
  const cell = useQuoteCell(symbol);
  const stale = useStale(instrument);
  const quote = cell?.quote;
  const change = changeOf(quote);
  const decimals = decimalsOf(instrument.tickSize);
  const way = side(change.absolute);
  return (
    <tr
      id={rowId(symbol)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={stale ? "old" : undefined}
      onClick={() => onSelect(symbol)}
      onDoubleClick={() => router.push(symbolHref(symbol))}
    >
      <td>
        <Link className="sym" href={symbolHref(symbol)} tabIndex={-1} prefetch={false}>
          {ticker}
        </Link>
      </td>
      <td className="sub">
        <div className="name">
          <span className="clip">{name}</span>
          <small>{exchange}</small>
        </div>
      </td>
      <td className="num">
        <Last cell={cell} decimals={decimals} />
      </td>
      <td className={`num ${way}`}>{signed(change.absolute, decimals)}</td>
      <td className={`num ${way}`}>{percent(change.percent)}</td>
      <td className="num sub">{price(quote?.bid, decimals)}</td>
      <td className="num sub">{price(quote?.ask, decimals)}</td>
      <td className="num sub">{short(quote?.dayVolume)}</td>
      <td className="num">
        <Sparkline
          closes={closes}
          last={quote?.last ?? null}
          base={quote?.previousClose ?? null}
          change={change.absolute}
          filled={filled}
          width={88}
          height={20}
        />
      </td>
      <td>
        <RowFreshness instrument={instrument} />
      </td>
    </tr>
  );
});

/** The same symbol as a row of the phone. */
export const PhoneRow = memo(function PhoneRow({ instrument, closes, filled }: Omit<RowProps, "onSelect">) {
  const { symbol, ticker, name } = instrument;
  const cell = useQuoteCell(symbol);
  const stale = useStale(instrument);
  const quote = cell?.quote;
  const change = changeOf(quote);
  return (
    <Link className={`row2${stale ? " old" : ""}`} href={symbolHref(symbol)} prefetch={false}>
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
    </Link>
  );
});
