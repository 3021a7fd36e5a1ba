"use client";
import { useMemo } from "react";
import type { ProfileView } from "#lib/contracts/distribution-views.ts";
import { price } from "../_lib/format.ts";
import { priceProfile } from "../_lib/price-profile.ts";

const SIDE = 16;
const TOP = 20;
const FOOT = 20;

interface ProfileDrawingProps {
  profile: ProfileView;
  width: number;
  height: number;
  decimals: number;
}

/** Volume by price, prices from left to right; the value area stands out, the point of control is marked. */
export function ProfileDrawing({ profile, width, height, decimals }: ProfileDrawingProps) {
  const inner = width - 2 * SIDE;
  const view = useMemo(() => priceProfile(profile, inner), [profile, inner]);
  if (!view) return null;
  const floor = height - FOOT;
  const room = floor - TOP;
  return (
    <svg width={width} height={height} role="img" aria-label="Volume by price; point of control and value area follow">
      <g transform={`translate(${SIDE} 0)`}>
        {view.boxes.map((box) => (
          <rect
            key={box.x}
            className={box.valueArea ? "size-bin in-area crisp" : "size-bin crisp"}
            x={box.x}
            y={floor - box.share * room}
            width={box.width}
            height={box.share * room}
          />
        ))}
        <line className="size-mark crisp" x1={view.controlX} x2={view.controlX} y1={TOP - 4} y2={floor} />
        <text className="size-label" x={view.controlX} y={TOP - 8} textAnchor={anchorAt(view.controlX, inner)}>
          POC
        </text>
        <line className="seam" x1={0} x2={inner} y1={floor + 0.5} y2={floor + 0.5} />
        {view.ticks.map((tick, at) => (
          <text key={tick.x} x={tick.x} y={height - 5} textAnchor={at === 0 ? "start" : at === 2 ? "end" : "middle"}>
            {price(tick.price, decimals)}
          </text>
        ))}
      </g>
    </svg>
  );
}

function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  if (x < 14) return "start";
  return x > width - 14 ? "end" : "middle";
}
