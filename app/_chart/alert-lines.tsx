"use client";
import { useAlerts } from "../_alerts/use-alerts.ts";
import { levelsOf, levelText } from "../_lib/alerts.ts";
import type { ChartLayout } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { yOfPrice } from "./_prepare/price-pixels.ts";

interface AlertLinesProps {
  symbol: string;
  layout: ChartLayout;
  scale: PriceScale;
}

/** A line at each level at which a rule of the symbol watches, with what it is called. */
export function AlertLines({ symbol, layout, scale }: AlertLinesProps) {
  const { data } = useAlerts();
  const { top, priceHeight, plotWidth } = layout;
  return levelsOf(data?.rows ?? [], symbol).map(({ id, level, words }) => {
    const y = Math.round(yOfPrice(level, scale, layout));
    if (y < top - 8 || y > priceHeight) return null;
    return (
      <g key={id} className="alert-level">
        <line className="crisp" x1={0} x2={plotWidth} y1={y + 0.5} y2={y + 0.5} />
        <text x={plotWidth - 8} y={y - 4} textAnchor="end">
          {words.includes(levelText(level)) ? words : `${words} ${levelText(level)}`}
        </text>
      </g>
    );
  });
}
