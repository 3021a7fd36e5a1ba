"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import type { BarView } from "#lib/contracts/views.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { unitWords } from "../_composite/words.ts";
import { duration, quantity } from "../_lib/format.ts";
import { useQuote, useSecond } from "../_live/hooks.ts";
import { useBarZone } from "../_live/zone.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";
import type { ChartData } from "../_chart/use-chart-data.ts";
import { useClosed, useEnded } from "../_chart/use-series.ts";
import { useMemo } from "react";

interface StatusLineProps {
  instrument: InstrumentView;
  data: ChartData;
}

const until = (zone: ZoneClock, bar: BarView, interval: Interval, now: number): string => {
  if (interval === "1d") return zone.day(bar.start, now);
  return `${interval === "1s" ? zone.secondTime(bar.start) : zone.minuteTime(bar.start)} ${zone.name(bar.start)}`;
};

/** How much is held, up to where it is final, and how far the proof of completeness is behind. */
export function StatusLine({ instrument, data }: StatusLineProps) {
  const closed = useClosed(data.series);
  const ended = useEnded(data.series);
  const quote = useQuote(instrument.symbol);
  const now = useSecond();
  const zone = useBarZone(data.interval);
  const counts = useMemo(() => {
    const final = ended ?? closed.findLast((bar) => bar.final);
    const revised = closed.filter((bar) => bar.revision > 0).length;
    const given = closed.filter((bar) => bar.origin === "given").length;
    return { final, revised, given };
  }, [closed, ended]);
  const held = data.series.length;
  const watermark = quote?.watermark ?? null;
  return (
    <footer className="foot desk">
      <span>
        {quantity(held)} {held === 1 ? "bar" : "bars"}
        {counts.final ? `, final to the one of ${until(zone, counts.final, data.interval, now)}` : ""}
      </span>
      {watermark !== null && now > 0 && !instrument.recorded && (
        <span>watermark {duration(Math.max(0, now - watermark))} behind</span>
      )}
      {counts.revised > 0 && (
        <span>
          {quantity(counts.revised)} {counts.revised === 1 ? "bar" : "bars"} revised
        </span>
      )}
      {counts.given > 0 && <span>{quantity(counts.given)} as the source gave them</span>}
      {quote?.byContent && (
        <span title="The source numbers no trades. Those of the same time, price, size and venue count once.">
          duplicates found by content
        </span>
      )}
      <span className="grow" />
      <span>
        {instrument.legs ? unitWords(instrument) : instrument.currency}, tick {instrument.tickSize}
      </span>
    </footer>
  );
}
