"use client";
import { memo } from "react";
import type { Interval } from "#lib/domain/interval.ts";
import { useZone } from "../_live/zone.ts";
import { haltTimes, type PlacedHalt } from "./_prepare/halts.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";
import type { ChartLayout } from "./layout.ts";

interface HaltMarksProps {
  halts: readonly PlacedHalt[];
  interval: Interval;
  layout: ChartLayout;
  view: PlacedView;
}

/** Room for the two bars of the sign, and for the word beside it. */
const SIGN = 12;
const WORD = 56;

/** Where a symbol was halted: a band between the bars around it, as narrow as a line where closed time has no width; and its sign below. */
export const HaltMarks = memo(function HaltMarks({ halts, interval, layout, view }: HaltMarksProps) {
  const zone = useZone();
  const { plotWidth, height, foot, top, priceHeight } = layout;
  return halts.map(({ halt, before, after }) => {
    const half = view.step / 2;
    const begin = xOf(view, before) + (after === before ? -half : half);
    const end = after === null ? plotWidth : xOf(view, after) + (after === before ? half : -half);
    const left = Math.round(Math.max(0, Math.min(begin, end)));
    const right = Math.round(Math.min(plotWidth, Math.max(begin, end)));
    if (right < 0 || left > plotWidth || right < left) return null;
    const middle = Math.min(plotWidth - SIGN / 2, Math.max(SIGN / 2, (left + right) / 2));
    const sign = priceHeight - 20;
    const isWide = right - left >= WORD + SIGN;
    const x = Math.round(isWide ? middle - (WORD - SIGN) / 2 : middle);
    return (
      <g key={`${halt.symbol}|${halt.from}`} className="halt-mark">
        <title>{`Halted ${haltTimes(zone, halt, interval)}`}</title>
        {right - left > 3 ? (
          <rect className="band crisp" x={left} y={top - 8} width={right - left} height={height - foot - top + 8} />
        ) : (
          <path className="line crisp" d={`M${left + 0.5} ${top - 8}V${height - foot}`} />
        )}
        <rect className="sign" x={x - SIGN / 2} y={sign} width={SIGN} height={SIGN} rx={2} />
        <path className="bars" d={`M${x - 1.5} ${sign + 3}v6m3 0v-6`} />
        {isWide && (
          <text className="session-name" x={x + SIGN / 2 + 5} y={sign + 10}>
            Halted
          </text>
        )}
      </g>
    );
  });
});
