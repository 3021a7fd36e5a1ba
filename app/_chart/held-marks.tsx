"use client";
import { indexAt } from "../_lib/bars.ts";
import { price, quantity } from "../_lib/format.ts";
import { useQuote } from "../_live/hooks.ts";
import { useZone } from "../_live/zone.ts";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { yOfPrice } from "./_prepare/price-pixels.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";
import { useClosed, useForming } from "./use-series.ts";

interface HeldMarksProps {
  symbol: string;
  series: BarSeries;
  layout: ChartLayout;
  view: PlacedView;
  scale: PriceScale;
  decimals: number;
}

/** A diamond at the time and price of each print that waits for an operator; at the edge of the plot where its price lies beyond. */
export function HeldMarks({ symbol, series, layout, view, scale, decimals }: HeldMarksProps) {
  const held = useQuote(symbol)?.held ?? [];
  const zone = useZone();
  const closed = useClosed(series);
  const forming = useForming(series);
  const { plotWidth, top, priceHeight } = layout;
  return held.map((print) => {
    const isNewest = forming !== null && print.time >= forming.start;
    const position = isNewest ? series.last : series.first + indexAt(closed, print.time);
    const x = xOf(view, position);
    if (position < series.first || x < 0 || x > plotWidth) return null;
    const y = Math.min(priceHeight - 6, Math.max(top, yOfPrice(print.price, scale, layout)));
    const at = `${zone.milliTime(print.time)} ${zone.name(print.time)}`;
    const band = `${price(print.low, decimals)} to ${price(print.high, decimals)}`;
    return (
      <path key={`${print.idSpace ?? ""}|${print.id}`} className="held-mark" d={`M${x + 0.5} ${y - 5}l5 5l-5 5l-5 -5z`}>
        <title>{`Held: ${price(print.price, decimals)} × ${quantity(print.size)} at ${at}, outside ${band}. It counts in no bar until somebody accepts it.`}</title>
      </path>
    );
  });
}
