"use client";
import { memo, useMemo } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { adjustmentSummary } from "./_prepare/action-words.ts";
import type { BarSeries } from "./bar-series.ts";
import { price, quantity } from "../_lib/format.ts";
import { useEnded, type Visible } from "./use-series.ts";
import { useSettled } from "../_ui/use-settled.ts";
import { useBarZone, useZone } from "../_live/zone.ts";
import { haltTimes, type PlacedHalt } from "./_prepare/halts.ts";

interface SummaryProps {
  id: string;
  symbol: string;
  interval: Interval;
  visible: Visible;
  /** Says what was done to them. */
  series: BarSeries;
  decimals: number;
  halts: readonly PlacedHalt[];
}

/** Rows of the table, the newest first. */
const ROWS = 20;

/** A chart that is being moved is told of when it has come to rest, milliseconds. */
const AT_REST = 400;

/** The drawing in words and as a table, for those who do not see it; changes once a bar. */
export const ChartSummary = memo(function ChartSummary({ visible, ...props }: SummaryProps) {
  const ended = useEnded(props.series);
  const bars = useMemo(() => (visible.newest && ended ? [...visible.bars, ended] : visible.bars), [visible, ended]);
  return <Told {...props} bars={useSettled(bars, AT_REST)} />;
});

type ToldProps = Omit<SummaryProps, "visible"> & { bars: readonly BarView[] };

const Told = memo(function Told({ id, symbol, interval, bars, series, decimals, halts }: ToldProps) {
  const zone = useBarZone(interval);
  const clock = useZone();
  const first = bars[0];
  const last = bars.at(-1);
  const time = (micros: number): string => {
    if (interval === "1d") return zone.day(micros);
    return `${zone.day(micros)} ${interval === "1s" ? zone.secondTime(micros) : zone.minuteTime(micros)} ${zone.name(micros)}`;
  };
  if (!first || !last) return null;
  const high = Math.max(...bars.map((bar) => bar.high));
  const low = Math.min(...bars.map((bar) => bar.low));
  // The newest bar is none of the closed ones.
  const inSight = halts.filter(({ halt: { from, to } }) => to === null || (from >= first.start && to >= first.start));
  return (
    <div className="sr">
      <p id={id}>
        {symbol}, {bars.length} closed bars of {interval} in sight, from {time(first.start)} to {time(last.start)}:
        first open {price(first.open, decimals)}, high {price(high, decimals)}, low {price(low, decimals)}, last close{" "}
        {price(last.close, decimals)}. {adjustmentSummary(series.adjustment, first.start, last.start)}{" "}
        {inSight.map(({ halt }) => `Halted ${haltTimes(clock, halt, interval)}. `).join("")}
      </p>
      <table>
        <caption>The newest of them</caption>
        <thead>
          <tr>
            {["Start", "Open", "High", "Low", "Close", "Volume"].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars
            .slice(-ROWS)
            .toReversed()
            .map((bar) => (
              <tr key={bar.start}>
                <th scope="row">{time(bar.start)}</th>
                <td>{price(bar.open, decimals)}</td>
                <td>{price(bar.high, decimals)}</td>
                <td>{price(bar.low, decimals)}</td>
                <td>{price(bar.close, decimals)}</td>
                <td>{quantity(bar.volume)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
});
