"use client";
import Link from "next/link";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { decimalsOf, percent, price, side } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { changeOf } from "../_lib/quotes.ts";
import { useQuote } from "../_live/hooks.ts";
import { QuotePanel } from "../_symbol/quote-panel.tsx";
import { RowFreshness } from "../_ui/freshness.tsx";
import { madeWords, unitWords } from "./words.ts";

/** Beside the chart of two symbols: what their quotes come to, both legs, and why there is no tape. */
export function CompositeAside({ instrument }: { instrument: InstrumentView }) {
  const { legs } = instrument;
  if (!legs) return null;
  return (
    <aside>
      <QuotePanel instrument={instrument} />
      <section className="panel legs" aria-label="Legs">
        <header>
          <h2>Made of</h2>
          <span className="grow" />
          <span className="dim">{unitWords(instrument)}</span>
        </header>
        <ul>
          {legs.map((leg) => (
            <Leg key={leg.symbol} leg={leg} />
          ))}
        </ul>
      </section>
      <MadePanel instrument={instrument} />
    </aside>
  );
}

/** How its bars are made, and why it has no tape and no trade sizes. */
export function MadePanel({ instrument }: { instrument: InstrumentView }) {
  return (
    <section className="panel made" aria-label="How it is made">
      <header>
        <h2>How it is made</h2>
      </header>
      <div className="scroll">
        {madeWords(instrument).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>
          Nothing of it is traded itself: it has no volume, no tape, no trade sizes and no VWAP. Those of its legs are
          on their own pages.
        </p>
      </div>
    </section>
  );
}

function Leg({ leg }: { leg: InstrumentView }) {
  const quote = useQuote(leg.symbol);
  const change = changeOf(quote);
  return (
    <li>
      <Link href={symbolHref(leg.symbol)}>
        <b className="sym">{leg.symbol}</b>
        <span className="clip dim">{leg.name}</span>
      </Link>
      <span className="num">{price(quote?.last, decimalsOf(leg.tickSize))}</span>
      <span className={`num ${side(change.percent)}`}>{percent(change.percent)}</span>
      <RowFreshness instrument={leg} />
    </li>
  );
}

/** The numbers of the head: those of a day are its legs'. */
export function LegStats({ legs, className }: { legs: readonly [InstrumentView, InstrumentView]; className: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a phone, and the keys must reach it
    <dl className={className} tabIndex={className.includes("phone") ? 0 : undefined}>
      {legs.map((leg) => (
        <LegStat key={leg.symbol} leg={leg} />
      ))}
    </dl>
  );
}

function LegStat({ leg }: { leg: InstrumentView }) {
  const quote = useQuote(leg.symbol);
  return (
    <div>
      <dt className="sym">{leg.ticker}</dt>
      <dd>{price(quote?.last, decimalsOf(leg.tickSize))}</dd>
    </div>
  );
}
