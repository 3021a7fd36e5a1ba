"use client";
import { useMemo, useState, type UIEvent } from "react";
import type { Distribution } from "#lib/contracts/distribution-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { decimalsOf, quantity } from "../_lib/format.ts";
import { tapeRows } from "../_lib/tape.ts";
import { useTape } from "../_live/hooks.ts";
import type { Tape as Kept } from "../_live/print-store.ts";
import { useRows } from "../_ui/use-rows.ts";
import { TapeFilters, useTapeChoice } from "./tape-filters.tsx";
import { TAPE_ROW, TapeTable } from "./tape-table.tsx";

/** While somebody reads further down nothing moves under the eyes. `fresh`: trades that have come since, null while none is held. */
function useHeld(kept: Kept): { tape: Kept; fresh: number | null; hold: (isHeld: boolean) => void } {
  const [held, setHeld] = useState<Kept | null>(null);
  const newest = held?.prints[0];
  return {
    tape: held ?? kept,
    fresh: newest ? Math.max(0, kept.prints.indexOf(newest)) : null,
    hold: (isHeld) => setHeld((before) => (isHeld ? (before ?? kept) : null)),
  };
}

interface TapeProps {
  instrument: InstrumentView;
  distribution: Distribution | undefined;
}

/** Trades as they come, the newest on top. */
export function Tape({ instrument, distribution }: TapeProps) {
  const { tape, fresh, hold } = useHeld(useTape(instrument.symbol));
  const { prints, skipped, gaps } = tape;
  const choice = useTapeChoice(prints, distribution);
  const { filter, isGathered } = choice;
  const rows = useMemo(() => tapeRows(prints, gaps, filter, isGathered), [prints, gaps, filter, isGathered]);
  const { element, onScroll, first, end } = useRows(rows.length, TAPE_ROW);
  const scrolled = (event: UIEvent): void => {
    onScroll(event);
    hold(event.currentTarget.scrollTop > 0);
  };
  return (
    <section className="panel tapes" aria-label="Time and sales">
      <header>
        <h2>Time and sales</h2>
        <span className="grow" />
        {fresh === null ? (
          <NotListed trades={skipped} />
        ) : (
          <button
            type="button"
            className="btn edge"
            onClick={() => element.current?.scrollTo({ top: 0 })}
            title="Back to the newest trades"
          >
            Held, {fresh} new
          </button>
        )}
      </header>
      <TapeFilters choice={choice} />
      {/* It scrolls, so the keys must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="fill scroll" ref={element} onScroll={scrolled} tabIndex={0}>
        <TapeTable
          rows={rows}
          first={first}
          end={end}
          newest={prints[0] ?? null}
          decimals={decimalsOf(instrument.tickSize)}
          isGathered={isGathered}
        />
        {prints.length === 0 && <p className="none">No trade since this page was opened.</p>}
        {prints.length > 0 && rows.length === 0 && <p className="none">None of the last {prints.length} trades.</p>}
      </div>
    </section>
  );
}

function NotListed({ trades }: { trades: number }) {
  if (trades === 0) return null;
  return (
    <span className="dim" title="Trades that came faster than they can be sent one by one; they are in the bars">
      {quantity(trades)} not listed
    </span>
  );
}
