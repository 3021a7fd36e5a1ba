"use client";
import { memo } from "react";
import { decimalsOf, percent, side } from "../_lib/format.ts";
import { changeOf, dayChangeOf, extendedName, noChangeWords } from "../_lib/quotes.ts";
import { useQuoteCell, useStale } from "../_live/hooks.ts";
import { RowFreshness } from "../_ui/freshness.tsx";
import { Sparkline } from "./sparkline.tsx";
import { SymbolLink } from "./symbol-link.tsx";
import { Last } from "./watch-cells.tsx";
import type { RowProps } from "./watch-row.tsx";
import type { WatchlistProps } from "./watchlist.tsx";

type PhoneRowsProps = Pick<WatchlistProps, "instruments" | "closesOf" | "filledOf" | "onOpen">;

/** The watchlist of a phone. */
export function PhoneRows({ instruments, closesOf, filledOf, onOpen }: PhoneRowsProps) {
  return (
    <div className="phone rows live">
      {instruments.map((one) => (
        <PhoneRow
          key={one.symbol}
          instrument={one}
          closes={closesOf(one.symbol)}
          filled={filledOf(one.symbol)}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

interface PhoneRowProps extends RowProps {
  onOpen: (symbol: string) => void;
}

const PhoneRow = memo(function PhoneRow({ instrument, closes, filled, onOpen }: PhoneRowProps) {
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
        change={dayChangeOf(quote).absolute}
        filled={filled}
        width={64}
        height={28}
      />
      <div className="num">
        <div>
          <Last cell={cell} decimals={decimalsOf(instrument.tickSize)} />
        </div>
        <small className={side(change.percent)}>
          {extendedName(quote)} {change.percent === null ? noChangeWords(quote) : percent(change.percent)}
        </small>
      </div>
    </SymbolLink>
  );
});
