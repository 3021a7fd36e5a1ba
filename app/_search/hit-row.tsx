"use client";
import Link from "next/link";
import type { MouseEvent } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { combine, tickOf } from "#lib/domain/composite/bars.ts";
import { parseComposite, shortName } from "#lib/domain/composite/name.ts";
import { decimalsOf, percent, price, side } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { changeOf } from "../_lib/quotes.ts";
import { marked, type Hit } from "../_lib/search.ts";
import { useQuote } from "../_live/hooks.ts";
import { RowFreshness } from "../_ui/freshness.tsx";
import { useSymbolChooser } from "./symbol-chooser.ts";

/** Decimals of a spread where only its legs' prices are known. */
const SPREAD_TICK = 0.01;

interface HitRowProps {
  id: string;
  hit: Hit;
  words: string;
  instrument: InstrumentView | undefined;
  selected: boolean;
  onOpen?: (() => void) | undefined;
}

function Marked({ text, words }: { text: string; words: string }) {
  const parts = marked(text, words);
  if (!parts) return text;
  return (
    <>
      {parts[0]}
      <mark>{parts[1]}</mark>
      {parts[2]}
    </>
  );
}

/** What the last prices of a composite's legs come to; null of a ticker. */
function useComposed(symbol: string): string | null {
  const composite = parseComposite(symbol);
  const left = useQuote(composite?.left ?? symbol)?.last ?? null;
  const right = useQuote(composite?.right ?? symbol)?.last ?? null;
  if (!composite) return null;
  const last = combine(composite.operation, left, right);
  return price(last, decimalsOf(tickOf(composite.operation, [SPREAD_TICK, SPREAD_TICK], last)));
}

export function HitRow({ id, hit, words, instrument, selected, onOpen }: HitRowProps) {
  const { symbol, name, tickSize } = hit.ticker;
  const { ticker, exchange } = shortName(symbol);
  const quote = useQuote(symbol);
  const change = changeOf(quote);
  const chooser = useSymbolChooser();
  const onClick = (event: MouseEvent): void => {
    onOpen?.();
    // With a key held the browser opens the symbol's own page beside this one.
    if (!chooser || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    chooser.choose(symbol);
  };
  const composed = useComposed(symbol);
  return (
    <Link
      id={id}
      className={composed === null ? "hit" : "hit two"}
      role="option"
      aria-selected={selected}
      href={symbolHref(symbol)}
      onClick={onClick}
    >
      <b className="sym ticker">
        <Marked text={ticker} words={words} />
      </b>
      <span className="what">
        <span className="clip">
          <Marked text={name} words={words} /> <small className="dim">{exchange}</small>
        </span>
        <span className="dim clip">{hit.matched ?? ""}</span>
      </span>
      <span className="num">{composed ?? price(quote?.last, decimalsOf(tickSize))}</span>
      <span className={`num ${side(change.percent)}`}>{percent(change.percent)}</span>
      {instrument ? <RowFreshness instrument={instrument} /> : <span />}
    </Link>
  );
}
