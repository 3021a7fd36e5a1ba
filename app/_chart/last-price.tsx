"use client";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { barEnd, isUp } from "../_lib/bars.ts";
import { countdown } from "../_lib/clock.ts";
import { useSecond } from "../_live/hooks.ts";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import { bodyWidth } from "./_prepare/paths.ts";
import { yOfPrice } from "./_prepare/price-pixels.ts";
import { scaleLabel } from "./_prepare/price-units.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";
import { useForming } from "./use-series.ts";

interface LastPriceProps {
  series: BarSeries;
  interval: Interval;
  calendar: CalendarName;
  layout: ChartLayout;
  view: PlacedView;
  scale: PriceScale;
  decimals: number;
  stale: boolean;
  halted: boolean;
}

/** The newest close on the price axis and what is left of its bar, or that it is halted; outlined, without either, when it is not live. */
export function LastPrice(props: LastPriceProps) {
  const { series, interval, calendar, layout, view, scale, decimals, stale, halted } = props;
  const bar = useForming(series);
  const now = useSecond();
  if (!bar) return null;
  const { width, axis, top, priceHeight } = layout;
  const y = Math.round(yOfPrice(bar.close, scale, layout));
  if (y < top - 8 || y > priceHeight) return null;
  const text = scaleLabel(scale, bar.close, decimals);
  const x = width - axis;
  if (stale) {
    return (
      <g>
        <rect className="tag outlined" x={x + 0.5} y={y - 9} width={axis - 1} height={18} rx={2} />
        <text x={x + 8} y={y + 4}>
          {text}
        </text>
      </g>
    );
  }
  const way = isUp(bar) ? "up" : "down";
  const end = barEnd(calendar, interval, bar.start);
  const counting = !bar.final && now > 0 && now < end;
  const below = halted ? "Halted" : counting ? countdown(end, now) : null;
  const from = Math.min(Math.max(0, xOf(view, series.last) + bodyWidth(view.step)), x);
  return (
    <g>
      <line className={`last-line ${way} crisp`} x1={from} x2={x} y1={y + 0.5} y2={y + 0.5} />
      <rect className={`tag now-${way}`} x={x} y={y - 9} width={axis} height={below === null ? 18 : 34} rx={2} />
      <text className="on-tag strong-tag" x={x + 8} y={y + 4}>
        {text}
      </text>
      {below !== null && (
        <text className="on-tag" x={x + 8} y={y + 19}>
          {below}
        </text>
      )}
    </g>
  );
}
