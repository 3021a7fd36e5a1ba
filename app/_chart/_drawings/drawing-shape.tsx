"use client";
import type { BarView } from "#lib/contracts/views.ts";
import { price } from "../../_lib/format.ts";
import type { Drawing, Point } from "#lib/contracts/drawings.ts";
import { fibonacciLevels, labelledLevels } from "./fibonacci.ts";
import type { Line } from "./lines.ts";
import { measured, measuredWords } from "./measured.ts";
import { LINE_HEIGHT, NOTE_GAP, noteLines } from "./note-text.ts";
import type { Outline } from "./outline.ts";
import { pixelOf, type Plane } from "./plane.ts";

interface ShapeProps {
  outline: Outline;
  plane: Plane;
  decimals: number;
  closed: readonly BarView[];
}

const pathOf = (lines: readonly Line[]): string =>
  lines
    .map(({ from, to }) => `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`)
    .join("");

/** Class names of a drawing's lines. */
const strokeOf = ({ dash, width }: Drawing): string => `stroke ${dash} weight-${width}`;

/** One drawing as it stands in sight. */
export function DrawingShape({ outline, plane, decimals, closed }: ShapeProps) {
  const { drawing, lines, area } = outline;
  const { kind, color } = drawing;
  return (
    <g className={`drawing hue-${color}`}>
      {area && kind !== "note" && (
        <rect
          className="area"
          x={area.left}
          y={area.top}
          width={area.right - area.left}
          height={area.bottom - area.top}
        />
      )}
      {kind !== "note" && <path className={strokeOf(drawing)} d={pathOf(lines)} />}
      {kind === "fibonacci" && <Levels outline={outline} plane={plane} decimals={decimals} />}
      {kind === "measure" && <Measure outline={outline} plane={plane} decimals={decimals} closed={closed} />}
      {kind === "note" && <Note outline={outline} />}
    </g>
  );
}

/** `0.618  182.33` at the left end of each level. */
function Levels({ outline: { drawing, points }, plane, decimals }: Omit<ShapeProps, "closed">) {
  const [a, b] = drawing.points;
  const [from, to] = points;
  if (!a || !b || !from || !to) return null;
  const x = Math.max(4, Math.min(from.x, to.x) + 4);
  if (x > Math.max(from.x, to.x)) return null;
  const levels = fibonacciLevels(a.price, b.price)
    .map(({ level, price: at }) => ({ level, at, y: pixelOf(plane, { time: a.time, price: at }).y }))
    .filter(({ y }) => y > LINE_HEIGHT && y < plane.layout.priceHeight);
  return labelledLevels(levels, LINE_HEIGHT - 2).map(({ level, at, y }) => (
    <text key={level} className="over words" x={x} y={y - 4}>
      {level}
      <tspan dx={8}>{price(at, decimals)}</tspan>
    </text>
  ));
}

/** Both ways with their arrows, and three lines of figures beyond the second point. */
function Measure({ outline: { drawing, points }, plane, decimals, closed }: ShapeProps) {
  const [a, b] = drawing.points;
  const [from, to] = points;
  if (!a || !b || !from || !to) return null;
  const words = measuredWords(measured([a, b], plane.places, closed), decimals);
  const { plotWidth, priceHeight } = plane.layout;
  const [middleX, middleY] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const up = to.y <= from.y;
  const right = to.x >= from.x;
  const height = words.length * LINE_HEIGHT;
  const beyond = up ? to.y - height + 4 : to.y + LINE_HEIGHT + 2;
  const y = Math.max(LINE_HEIGHT, Math.min(beyond, priceHeight - height + 8));
  const x = Math.max(80, Math.min(middleX, plotWidth - 80));
  return (
    <>
      <path className="stroke solid weight-1" d={`M${middleX} ${from.y}V${to.y}M${from.x} ${middleY}H${to.x}`} />
      <path
        className="stroke solid weight-1"
        d={`M${middleX - 4} ${to.y + (up ? 5 : -5)}L${middleX} ${to.y}l4 ${up ? 5 : -5}M${to.x + (right ? -5 : 5)} ${middleY - 4}L${to.x} ${middleY}l${right ? -5 : 5} 4`}
      />
      {words.map((line, i) => (
        <text
          key={line}
          className={i === 0 ? "over words strong-words" : "over words"}
          x={x}
          y={y + i * LINE_HEIGHT}
          textAnchor="middle"
        >
          {line}
        </text>
      ))}
    </>
  );
}

function Note({ outline: { drawing, points } }: Pick<ShapeProps, "outline">) {
  const [at] = points;
  if (!at) return null;
  // Lines may be alike: their number tells them apart.
  const lines = noteLines(drawing.text).map((line, number) => ({ line, number }));
  return (
    <>
      <circle className="pin" cx={at.x} cy={at.y} r={3} />
      {lines.map(({ line, number }) => (
        <text key={number} className="over note-text" x={at.x + NOTE_GAP} y={at.y + 4 + number * LINE_HEIGHT}>
          {line}
        </text>
      ))}
    </>
  );
}

interface HandlesProps {
  points: readonly Point[];
  plane: Plane;
  /** The one that keys move. */
  held: number | null;
}

/** Where a drawing can be taken hold of. They are no part of a picture of the chart. */
export function Handles({ points, plane, held }: HandlesProps) {
  return (
    <g data-transient>
      {points.map((point, number) => {
        const { x, y } = pixelOf(plane, point);
        // Corners may coincide: their number tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        return <circle key={number} className={number === held ? "handle held" : "handle"} cx={x} cy={y} r={4} />;
      })}
    </g>
  );
}
