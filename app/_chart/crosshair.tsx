"use client";
import { useSyncExternalStore } from "react";
import type { Interval } from "#lib/domain/interval.ts";
import { useLive } from "../_live/live.tsx";
import { useBarZone } from "../_live/zone.ts";
import type { BarSeries } from "./bar-series.ts";
import type { CrosshairStore } from "./crosshair-store.ts";
import type { ChartLayout } from "./layout.ts";
import { priceAtY, yOfPrice } from "./_prepare/price-pixels.ts";
import { scaleLabel } from "./_prepare/price-units.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";

interface CrosshairProps {
  store: CrosshairStore;
  series: BarSeries;
  interval: Interval;
  layout: ChartLayout;
  view: PlacedView;
  scale: PriceScale;
  decimals: number;
}

const TAG = 18;
const CHARACTER = 6.6;

/** Dashed lines that snap to a bar, and what they stand at on both axes. */
export function CrosshairView({ store, series, interval, layout, view, scale, decimals }: CrosshairProps) {
  const { clock } = useLive();
  const zone = useBarZone(interval);
  const at = useSyncExternalStore(store.subscribe, store.get, store.get);
  const bar = at ? series.at(at.position) : undefined;
  if (!at || !bar) return null;
  const { width, height, axis, profile, foot, top, plotWidth, priceHeight } = layout;
  const x = xOf(view, at.position) + 0.5;
  const y = at.y ?? Math.round(yOfPrice(bar.close, scale, layout));
  const onPrice = at.echo !== true && y >= top - 8 && y <= priceHeight;
  const time = interval === "1s" ? zone.secondTime(bar.start) : zone.minuteTime(bar.start);
  const day = zone.day(bar.start, clock.now());
  const label = interval === "1d" ? day : `${day} ${time} ${zone.name(bar.start)}`;
  const room = label.length * CHARACTER + 12;
  const left = Math.min(Math.max(0, x - room / 2), plotWidth - room);
  return (
    <g>
      <path
        className="cross"
        d={`M${x} ${top - 8}V${height - foot}${onPrice ? `M0 ${y + 0.5}H${plotWidth + profile}` : ""}`}
      />
      {onPrice && (
        <>
          <rect className="tag" x={width - axis} y={y - TAG / 2} width={axis} height={TAG} rx={2} />
          <text x={width - axis + 8} y={y + 4}>
            {scaleLabel(scale, priceAtY(y, scale, layout), decimals)}
          </text>
        </>
      )}
      <rect className="tag" x={left} y={height - foot + 3} width={room} height={TAG} rx={2} />
      <text x={left + room / 2} y={height - foot + 16} textAnchor="middle">
        {label}
      </text>
    </g>
  );
}
