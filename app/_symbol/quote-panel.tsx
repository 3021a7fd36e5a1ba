"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { DASH, decimalsOf, price, quantity } from "../_lib/format.ts";
import { useQuote } from "../_live/hooks.ts";

/** Best bid and ask, and how much stands on each side: no source sends what lies behind. */
export function QuotePanel({ instrument }: { instrument: InstrumentView }) {
  const quote = useQuote(instrument.symbol);
  const decimals = decimalsOf(instrument.tickSize);
  const { bid, ask, bidSize, askSize } = quote ?? { bid: null, ask: null, bidSize: null, askSize: null };
  const known = bid !== null && ask !== null;
  const spread = known ? ask - bid : null;
  const points = known && bid + ask > 0 ? ((ask - bid) / ((ask + bid) / 2)) * 10_000 : null;
  return (
    <section className="panel" aria-label="Quote">
      <header>
        {instrument.legs ? (
          <h2 title="What the best quotes of both legs come to when it is sold, and when it is bought; how much stands there is theirs">
            Implied quote
          </h2>
        ) : (
          <h2 title="The sources send the best bid and ask only; there is no depth behind them to show">Best quote</h2>
        )}
        <span className="grow" />
        <span className="dim">
          spread {price(spread, decimals)}
          {points === null ? "" : `, ${points < 0.1 ? points.toFixed(2) : points.toFixed(1)} bp`}
        </span>
      </header>
      <div className="quote">
        <div>
          <h3>Bid</h3>
          <b>{price(bid, decimals)}</b> <span className="sub">× {bidSize === null ? DASH : quantity(bidSize)}</span>
        </div>
        <div className="num">
          <h3>Ask</h3>
          <span className="sub">{askSize === null ? DASH : quantity(askSize)} ×</span> <b>{price(ask, decimals)}</b>
        </div>
        <div className="ratio" aria-hidden="true">
          <i className="u" style={{ flex: bidSize ?? 0 }} />
          <i className="d" style={{ flex: askSize ?? 0 }} />
        </div>
      </div>
    </section>
  );
}
