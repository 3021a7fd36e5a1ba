"use client";
import { memo, useSyncExternalStore } from "react";
import { percent } from "../_lib/format.ts";
import { INTERVAL_LENGTH } from "#lib/domain/interval.ts";
import { Icon } from "../_ui/icon.tsx";
import type { BarSeries } from "./bar-series.ts";
import type { CrosshairStore } from "./crosshair-store.ts";
import { Clipped } from "./layers.tsx";
import { LineSample } from "./line-sample.tsx";
import { closeAt } from "./_prepare/compared-values.ts";
import { linePath, lonePath } from "./_prepare/paths.ts";
import type { ComparedLine } from "./use-compared.ts";
import { usePixels } from "./use-pixels.ts";
import { useForming, type Visible } from "./use-series.ts";

interface LineProps {
  line: ComparedLine;
  visible: Visible;
}

/** Another symbol's closes over the closed bars; a bar that it lacks is a gap. */
export const ClosedCompared = memo(function ClosedCompared({ line, visible }: LineProps) {
  const pixels = usePixels();
  return (
    <Clipped plot={pixels.plot}>
      <g className={line.style.color}>
        <path
          className={line.style.main}
          d={linePath(line.values, visible.first, pixels) + lonePath(line.values, visible.first, pixels)}
        />
      </g>
    </Clipped>
  );
});

interface FormingProps extends LineProps {
  series: BarSeries;
  base: number;
}

/** The piece to the bar that forms, with each tick of either. */
export function FormingCompared({ line, visible, series, base }: FormingProps) {
  const pixels = usePixels();
  const bar = useForming(series);
  useForming(line.data.series);
  if (!bar || !visible.newest || line.since === null) return null;
  const close = closeAt(line.data.series, bar.start, INTERVAL_LENGTH[line.data.interval]);
  if (close === null) return null;
  const value = (close / line.since) * base;
  return (
    <Clipped plot={pixels.plot}>
      <g className={line.style.color}>
        <path className={line.style.main} d={linePath([line.values.at(-1) ?? null, value], series.last - 1, pixels)} />
      </g>
    </Clipped>
  );
}

interface LegendProps {
  lines: readonly ComparedLine[];
  series: BarSeries;
  crosshair: CrosshairStore;
  onRemove: (symbol: string) => void;
}

/** Each compared symbol with its change at the crosshair, else at the newest bar, and the way out. */
export function ComparedLegend({ lines, series, crosshair, onRemove }: LegendProps) {
  return lines.map((line) => (
    <LegendEntry key={line.symbol} {...{ line, series, crosshair }} onRemove={() => onRemove(line.symbol)} />
  ));
}

function LegendEntry({
  line: { symbol, data, style, since },
  series,
  crosshair,
  onRemove,
}: Omit<LegendProps, "lines" | "onRemove"> & { line: ComparedLine; onRemove: () => void }) {
  const at = useSyncExternalStore(crosshair.subscribe, crosshair.get, crosshair.get);
  useForming(data.series);
  const under = at && series.at(at.position);
  // At the newest bar the last that is known of it counts: it need not have traded in that very window.
  const close = under
    ? closeAt(data.series, under.start, INTERVAL_LENGTH[data.interval])
    : (data.series.forming()?.close ?? null);
  return (
    <span className="ind-key compared-key">
      <LineSample style={style} />
      <span className="sym">{symbol}</span>
      <span>{percent(close === null || since === null ? null : (close / since - 1) * 100)}</span>
      <button
        type="button"
        className="btn square small"
        data-floating
        aria-label={`Remove ${symbol}`}
        title={`Remove ${symbol}`}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}
