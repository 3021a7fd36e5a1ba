"use client";
import { useSyncExternalStore } from "react";
import { kindOf } from "#lib/domain/indicators/kinds.ts";
import { indicatorLabel, isInPane } from "../_lib/chosen-indicators.ts";
import { DASH, price } from "../_lib/format.ts";
import { Icon } from "../_ui/icon.tsx";
import type { BarSeries } from "./bar-series.ts";
import type { CrosshairStore } from "./crosshair-store.ts";
import type { ChartLayout } from "./layout.ts";
import { LineSample } from "./line-sample.tsx";
import { type DrawnIndicator, valuesAt } from "./use-indicators.ts";
import { useForming } from "./use-series.ts";

interface ReadoutProps {
  drawn: DrawnIndicator;
  series: BarSeries;
  crosshair: CrosshairStore;
  decimals: number;
}

/** The values after the bar under the crosshair, else after the newest; a dash where there are too few bars before. */
function useReadValues({ run }: DrawnIndicator, series: BarSeries, crosshair: CrosshairStore) {
  const at = useSyncExternalStore(crosshair.subscribe, crosshair.get, crosshair.get);
  useForming(series);
  const position = at && series.at(at.position) ? at.position : series.last;
  return valuesAt(run, series, position);
}

/** Name and values of an indicator over the prices. */
function OverlayReadout({ drawn, series, crosshair, decimals }: ReadoutProps) {
  const values = useReadValues(drawn, series, crosshair);
  const shown = kindOf(drawn.chosen.kind).lines.flatMap(({ name }, line) => {
    // Bands of width zero are no lines.
    const isDrawn = drawn.chosen.kind !== "vwap" || line === 0 || drawn.chosen.parameters[0] !== 0;
    return isDrawn ? [{ name, value: values?.[line] ?? null }] : [];
  });
  return (
    <span className="ind-key desk">
      <LineSample style={drawn.style} />
      {indicatorLabel(drawn.chosen)}{" "}
      {shown.map(({ name, value }) => (
        <span key={name} title={name}>
          {price(value, decimals)}{" "}
        </span>
      ))}
    </span>
  );
}

interface AllProps extends Omit<ReadoutProps, "drawn"> {
  indicators: readonly DrawnIndicator[];
}

/** Those over the prices. */
export function Overlays({ indicators, ...props }: AllProps) {
  return indicators
    .filter(({ chosen }) => !isInPane(chosen))
    .map((drawn) => <OverlayReadout key={drawn.place} {...props} drawn={drawn} />);
}

interface PaneHeadsProps extends AllProps {
  layout: ChartLayout;
  onRemove: (place: number) => void;
}

/** Those in panes of their own. */
export function PaneHeads({ indicators, onRemove, ...props }: PaneHeadsProps) {
  return indicators
    .filter(({ chosen }) => isInPane(chosen))
    .map((drawn, pane) => (
      <PaneHead key={drawn.place} {...props} drawn={drawn} pane={pane} onRemove={() => onRemove(drawn.place)} />
    ));
}

interface PaneHeadProps extends ReadoutProps {
  layout: ChartLayout;
  /** Which of the lower panes it is, from 0. */
  pane: number;
  onRemove: () => void;
}

/** Name, values and the way out of a lower pane. */
function PaneHead({ drawn, series, crosshair, decimals, layout, pane, onRemove }: PaneHeadProps) {
  const values = useReadValues(drawn, series, crosshair);
  const { kind } = drawn.chosen;
  const { lines, range } = kindOf(kind);
  const label = indicatorLabel(drawn.chosen);
  return (
    <div
      className="pane-head"
      style={{ top: layout.priceHeight + layout.volume + pane * layout.lower + 1, width: layout.plotWidth }}
    >
      <LineSample style={drawn.style} />
      <span>{label}</span>
      {lines.map(({ name }, line) => (
        <b key={name} title={name}>
          {values?.[line] === undefined ? DASH : price(values[line], range ? 2 : decimals + 2)}
        </b>
      ))}
      <button
        type="button"
        className="btn square small"
        data-floating
        aria-label={`Remove ${label}`}
        title={`Remove ${label}`}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
