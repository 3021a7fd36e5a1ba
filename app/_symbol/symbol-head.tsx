"use client";
import { useEffect } from "react";
import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import { DAY } from "#lib/domain/interval.ts";
import { day } from "../_lib/clock.ts";
import { decimalsOf, percent, price, quantity, short, side, signed } from "../_lib/format.ts";
import { freshnessOf, headerBadges } from "../_lib/freshness-badge.ts";
import { changeOf } from "../_lib/quotes.ts";
import { useQuote, useSecond } from "../_live/hooks.ts";
import { Badge } from "../_ui/badge.tsx";

/** Name, what the data is, how fresh, and the one big number of the page. */
export function SymbolHead({ instrument }: { instrument: InstrumentView }) {
  const { symbol, name, sector, tickSize } = instrument;
  const quote = useQuote(symbol);
  const decimals = decimalsOf(tickSize);
  const change = changeOf(quote);
  const last = price(quote?.last, decimals);
  useEffect(() => {
    document.title = `${symbol} ${last} · Tapedeck`;
  }, [symbol, last]);
  return (
    <div className="head">
      <div className="who">
        <h1 className="clip">{name}</h1>
        <div>
          <span className="sub sym">{symbol}</span>
          {sector !== null && <span className="dim desk">{sector}</span>}
          <Badges instrument={instrument} quote={quote} />
        </div>
      </div>
      <div className="price">
        <b>{last}</b>
        <span className={side(change.absolute)}>
          {change.absolute === null ? (
            "no trade today"
          ) : (
            <>
              {signed(change.absolute, decimals)}&ensp;{percent(change.percent)}
            </>
          )}
        </span>
        <small className="desk">
          <Against quote={quote} decimals={decimals} />
        </small>
      </div>
      <Stats quote={quote} decimals={decimals} className="stats desk" />
    </div>
  );
}

function Badges({ instrument, quote }: { instrument: InstrumentView; quote: QuoteView | undefined }) {
  const now = useSecond();
  if (now === 0) return null;
  return headerBadges(instrument, freshnessOf(instrument, quote, now)).map((badge) => (
    <Badge key={badge.kind} {...badge} boxed />
  ));
}

function Against({ quote, decimals }: { quote: QuoteView | undefined; decimals: number }) {
  if (!quote || quote.previousClose === null) return "previous close not known";
  const of = quote.time === null ? "" : `, close of ${day(Math.floor(quote.time / DAY) * DAY - 1)}`;
  return `against ${price(quote.previousClose, decimals)}${of}`;
}

interface StatsProps {
  quote: QuoteView | undefined;
  decimals: number;
  className: string;
}

export function Stats({ quote, decimals, className }: StatsProps) {
  const stats = [
    ["Open", price(quote?.dayOpen, decimals)],
    ["High", price(quote?.dayHigh, decimals)],
    ["Low", price(quote?.dayLow, decimals)],
    ["VWAP", price(quote?.dayVwap, decimals)],
    ["Volume", short(quote?.dayVolume)],
    ["Trades", quantity(quote?.dayTrades)],
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a phone, and the keys must reach it
    <dl className={className} tabIndex={className.includes("phone") ? 0 : undefined}>
      {stats.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
