"use client";
import { memo, useId, useSyncExternalStore } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import { scaleLabel } from "../_prepare/price-units.ts";
import { DrawingShape, Handles } from "./drawing-shape.tsx";
import { handlesOf } from "./handles.ts";
import { type Outline, outlinesOf } from "./outline.ts";
import type { Plane } from "./plane.ts";
import { type DrawingSession, shownDrawings } from "./session.ts";

interface LayerProps {
  session: DrawingSession;
  plane: Plane;
  closed: readonly BarView[];
  decimals: number;
}

/** The drawings in sight. Drawn again when they or the view change: no tick of the newest bar does. */
export const DrawingsLayer = memo(function DrawingsLayer({ session, plane, closed, decimals }: LayerProps) {
  const clip = useId();
  const doing = useSyncExternalStore(session.subscribe, session.doing, session.doing);
  const state = useSyncExternalStore(session.store.subscribe, session.store.state, session.store.state);
  const outlines = outlinesOf(shownDrawings(state, doing), plane);
  if (outlines.length === 0) return null;
  const { plotWidth, priceHeight } = plane.layout;
  const selected = doing.dragged?.id ?? doing.measure?.id ?? doing.selected;
  const marked = outlines.filter(
    ({ drawing: { id } }) => id === selected || id === doing.hovered || id === doing.draft?.id,
  );
  return (
    <g className="drawings">
      <clipPath id={clip}>
        <rect x={0} y={0} width={plotWidth} height={priceHeight} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {outlines.map((outline) => (
          <DrawingShape key={outline.drawing.id} {...{ outline, plane, decimals, closed }} />
        ))}
        {marked.map(({ drawing }) => (
          <Handles
            key={drawing.id}
            points={drawing.kind === "note" ? drawing.points : handlesOf(drawing)}
            plane={plane}
            held={drawing.id === selected ? doing.handle : null}
          />
        ))}
      </g>
      {outlines.map(
        (outline) =>
          outline.drawing.kind === "horizontal" && (
            <PriceTag key={outline.drawing.id} {...{ outline, plane, decimals }} />
          ),
      )}
    </g>
  );
});

/** The price of a horizontal line, on the axis. */
function PriceTag({
  outline: { drawing, points },
  plane,
  decimals,
}: Omit<LayerProps, "session" | "closed"> & { outline: Outline }) {
  const [at] = points;
  const [point] = drawing.points;
  if (!at || !point) return null;
  const { width, axis } = plane.layout;
  return (
    <g className={`drawing hue-${drawing.color}`}>
      <rect
        className="price-tag"
        x={width - axis + 0.5}
        y={Math.round(at.y) - 8.5}
        width={axis - 1}
        height={17}
        rx={2}
      />
      <text className="words" x={width - axis + 8} y={Math.round(at.y) + 4}>
        {scaleLabel(plane.scale, point.price, decimals)}
      </text>
    </g>
  );
}
