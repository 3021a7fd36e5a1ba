"use client";
import { useEffect } from "react";
import type { InstrumentView, QuoteView, SymbolSnapshot } from "#lib/contracts/views.ts";
import { LegStats } from "../_composite/composite-aside.tsx";
import { decimalsOf, percent, price, quantity, short, side, signed } from "../_lib/format.ts";
import { changeOf, dayChangeOf, extendedName, noChangeWords } from "../_lib/quotes.ts";
import { useQuote } from "../_live/hooks.ts";
import { HeaderFreshness } from "../_ui/freshness.tsx";
import { Standing } from "./standing.tsx";

interface HeadProps {
  instrument: InstrumentView;
  standing: SymbolSnapshot["standing"];
}

/** Name, what the data is, how fresh, and the one big number of the page. */
export function SymbolHead({ instrument, standing }: HeadProps) {
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
          <span className={instrument.legs ? "sub sym desk" : "sub sym"}>{symbol}</span>
          {sector !== null && <span className="dim desk">{sector}</span>}
          <HeaderFreshness instrument={instrument} />
          <Standing standing={standing} />
        </div>
      </div>
      <div className="price">
        <b>{last}</b>
        <span className={side(change.absolute)}>
          {change.absolute === null ? (
            noChangeWords(quote)
          ) : (
            <>
              {signed(change.absolute, decimals)}&ensp;{percent(change.percent)}
            </>
          )}
        </span>
        <small className="desk">
          <Against quote={quote} decimals={decimals} />
        </small>
        <small className="phone">{extendedName(quote)}</small>
      </div>
      <Stats instrument={instrument} className="stats desk" />
    </div>
  );
}

/** What the change is one of: in extended hours of the newest regular close, whose own change stands beside it. */
function Against({ quote, decimals }: { quote: QuoteView | undefined; decimals: number }) {
  const extended = extendedName(quote);
  const begin = extended === null ? "" : `${extended}, `;
  if (!quote || quote.base === null) {
    return `${begin}${quote?.session === "post" ? "the day’s close" : "previous close"} not known`;
  }
  const against = `${begin}against ${price(quote.base, decimals)}, the`;
  if (quote.session !== "post") return `${against} previous close`;
  return `${against} day’s close (${percent(dayChangeOf(quote).percent)})`;
}

interface StatsProps {
  instrument: InstrumentView;
  className: string;
}

/** The day in six numbers; of a composite the prices of its legs. */
export function Stats({ instrument, className }: StatsProps) {
  const { legs } = instrument;
  return legs ? <LegStats legs={legs} className={className} /> : <DayStats {...{ instrument, className }} />;
}

function DayStats({ instrument, className }: StatsProps) {
  const quote = useQuote(instrument.symbol);
  const decimals = decimalsOf(instrument.tickSize);
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
