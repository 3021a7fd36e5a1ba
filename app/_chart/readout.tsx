"use client";
import { useSyncExternalStore, type ReactNode } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { ADJUSTMENT_TITLES, ADJUSTMENT_WORDS } from "../_lib/adjustments.ts";
import { barEnd } from "../_lib/bars.ts";
import { percent, price, short, side, signed } from "../_lib/format.ts";
import { useLive } from "../_live/live.tsx";
import { useBarZone } from "../_live/zone.ts";
import type { BarSeries } from "./bar-series.ts";
import type { CrosshairStore } from "./crosshair-store.ts";
import type { ChartLayout } from "./layout.ts";
import { haltNote, type PlacedHalt } from "./_prepare/halts.ts";
import { useForming } from "./use-series.ts";

interface ReadoutProps {
  series: BarSeries;
  crosshair: CrosshairStore;
  interval: Interval;
  calendar: CalendarName;
  decimals: number;
  /** The Heikin-Ashi bar at a position, on a chart of them. */
  heikinAshiAt: ((position: number) => BarView | undefined) | null;
  halts: readonly PlacedHalt[];
  /** What is drawn over the prices. */
  children: ReactNode;
  previousClose: number | null;
  layout: ChartLayout;
}

/** The bar under the crosshair, else the newest one. */
function useReadBar(series: BarSeries, crosshair: CrosshairStore): { bar: BarView | null; position: number } {
  const at = useSyncExternalStore(crosshair.subscribe, crosshair.get, crosshair.get);
  const newest = useForming(series);
  const under = at ? series.at(at.position) : undefined;
  return under && at ? { bar: under, position: at.position } : { bar: newest, position: series.last };
}

/** Where it begins, pixels. */
const LEFT = 16;

/** Of the high and low of two symbols. */
const BOUND = "A bound: bars of the legs do not say which prices stood at the same time";

/** Values at the top left, where they never cover the bar that they are of. */
export function Readout(props: ReadoutProps) {
  const { series, crosshair, interval, calendar, decimals, heikinAshiAt, halts, children, previousClose, layout } =
    props;
  const { clock } = useLive();
  const zone = useBarZone(interval);
  const { bar: real, position } = useReadBar(series, crosshair);
  if (!real) return null;
  const averaged = heikinAshiAt?.(position);
  const bar = averaged ?? real;
  const change = bar.close - bar.open;
  const way = side(change);
  const halt = haltNote(halts, position, zone, interval);
  const isBound = bar.volume === null;
  const values = [
    ["O", bar.open],
    [isBound ? "H ≤" : "H", bar.high],
    [isBound ? "L ≥" : "L", bar.low],
    ["C", bar.close],
  ] as const;
  return (
    <>
      <div className="readout" style={{ maxWidth: layout.plotWidth - LEFT }}>
        <div>
          {averaged && (
            <abbr className="k" title="Heikin-Ashi: averages of prices, at which nothing was traded">
              HA
            </abbr>
          )}
          {values.map(([key, value]) => (
            <span key={key} title={key.length > 1 ? BOUND : undefined}>
              <span className="k">{key}</span>
              <span className={way}>{price(value, decimals)}</span>
            </span>
          ))}
          <span className={way}>
            <span className="desk">{signed(change, decimals)} </span>
            {bar.open <= 0 ? "" : percent((bar.close / bar.open - 1) * 100)}
          </span>
          {averaged && (
            <span>
              <span className="k">Close</span>
              {price(real.close, decimals)}
            </span>
          )}
          <span className="desk sub">
            {zone.barTime(bar.start, interval, barEnd(calendar, interval, bar.start), clock.now())}{" "}
            {zone.name(bar.start)}
          </span>
          <Origin bar={bar} />
          {halt && (
            <span className="dim" title={halt.title}>
              {halt.words}
            </span>
          )}
          <Adjusted series={series} />
        </div>
        <div className="overlays">
          {children}
          {previousClose !== null && (
            <span className="key c desk">Previous close {price(previousClose, decimals)}</span>
          )}
        </div>
      </div>
      <div className="volume-label" style={{ top: layout.priceHeight + 4 }}>
        Volume <b>{short(bar.volume)}</b>
      </div>
      {bar.volume === null && (
        <p className="volume-none" style={{ top: layout.priceHeight + 28 }}>
          None: nothing of it is traded itself
        </p>
      )}
    </>
  );
}

/** What was done to the prices; nothing of what was never split and never paid. */
function Adjusted({ series }: { series: BarSeries }) {
  const { mode, steps } = series.adjustment ?? { mode: "raw", steps: [] };
  if (steps.length === 0) return null;
  return (
    <span className={mode === "split" ? "dim desk" : "dim"} title={ADJUSTMENT_TITLES[mode]}>
      {ADJUSTMENT_WORDS[mode].toLowerCase()}
    </span>
  );
}

function Origin({ bar }: { bar: BarView }) {
  if (bar.partial) {
    return (
      <span className="dim" title="It began before everything of its symbol was collected">
        incomplete
      </span>
    );
  }
  if (!bar.final) return <span className="dim">forming</span>;
  if (bar.revision > 0) return <span className="dim">revision {bar.revision}</span>;
  return bar.origin === "given" ? <span className="dim desk">as the source gave it</span> : null;
}
