import { memo } from "react";
import { side } from "../_lib/format.ts";
import { sparkline } from "../_lib/sparkline.ts";

interface SparklineProps {
  closes: readonly number[];
  last: number | null;
  base: number | null;
  change: number | null;
  filled: number;
  width: number;
  height: number;
}

/** Today in 88 pixels: closes in grey, where it stands as a dot in the colour of the change. */
export const Sparkline = memo(function Sparkline({ change, width, height, ...values }: SparklineProps) {
  const view = sparkline(values.closes, { ...values, width, height });
  const middle = height / 2;
  return (
    <svg width={width} height={height} aria-hidden="true">
      <line x1={0} x2={width} y1={view?.base ?? middle} y2={view?.base ?? middle} className="spark-base" />
      {view && (
        <>
          <polyline points={view.points} className="spark-line" />
          <circle cx={view.end.x} cy={view.end.y} r={2} className={`c-${side(change)}`} />
        </>
      )}
    </svg>
  );
});
