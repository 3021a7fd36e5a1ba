import type { Drawing } from "#lib/contracts/drawings.ts";
import { fibonacciLevels } from "./fibonacci.ts";
import { handlesOf } from "./handles.ts";
import { type Box, boxOf, clipped, distanceTo, extended, isInside, type Line, shared } from "./lines.ts";
import { noteBox } from "./note-text.ts";
import { type Pixel, pixelOf, type Plane } from "./plane.ts";

/** Pixels beyond the plot that are drawn, too, so that no end of a line shows at its edge. */
const MARGIN = 4;

/** What of a drawing lies in sight. */
export interface Outline {
  drawing: Drawing;
  /** Pixels of its points. */
  points: readonly Pixel[];
  /** Its lines, cut at the plot's edges. */
  lines: readonly Line[];
  /** The plane that it fills: of a rectangle, a measure, a note; null for lines alone. */
  area: Box | null;
}

/** Where drawings are seen: the plot of prices, to the very top. */
export function plotBox({ layout }: Pick<Plane, "layout">): Box {
  return { left: 0, top: 0, right: layout.plotWidth, bottom: layout.priceHeight };
}

const edgesOf = ({ left, top, right, bottom }: Box): Line[] => [
  { from: { x: left, y: top }, to: { x: right, y: top } },
  { from: { x: left, y: bottom }, to: { x: right, y: bottom } },
  { from: { x: left, y: top }, to: { x: left, y: bottom } },
  { from: { x: right, y: top }, to: { x: right, y: bottom } },
];

/** All of its lines, wherever they lie. */
function linesOf({ kind, extend, points }: Drawing, [a, b]: readonly Pixel[], plane: Plane, box: Box): Line[] {
  if (!a || kind === "note") return [];
  if (kind === "horizontal") return [{ from: { x: box.left, y: a.y }, to: { x: box.right, y: a.y } }];
  if (!b) return [];
  const line = { from: a, to: b };
  if (kind === "trend") return [extend === "none" ? line : extended(line, extend === "both", box)];
  if (kind !== "fibonacci") return edgesOf(boxOf(a, b));
  const levels = fibonacciLevels(points[0]?.price ?? 0, points[1]?.price ?? 0).map(({ price }): Line => {
    const { y } = pixelOf(plane, { time: points[0]?.time ?? 0, price });
    return { from: { x: Math.min(a.x, b.x), y }, to: { x: Math.max(a.x, b.x), y } };
  });
  return [...levels, line];
}

function areaOf({ kind, text }: Drawing, [a, b]: readonly Pixel[]): Box | null {
  if (kind === "note") return a ? noteBox(a, text) : null;
  return (kind === "rectangle" || kind === "measure") && a && b ? boxOf(a, b) : null;
}

/** The outline of a drawing; null where nothing of it is in sight. */
export function outlineOf(drawing: Drawing, plane: Plane): Outline | null {
  const plot = plotBox(plane);
  const points = drawing.points.map((point) => pixelOf(plane, point));
  const wide = { left: -MARGIN, top: -MARGIN, right: plot.right + MARGIN, bottom: plot.bottom + MARGIN };
  const lines = linesOf(drawing, points, plane, wide).flatMap((line) => clipped(line, wide) ?? []);
  const whole = areaOf(drawing, points);
  const area = whole && shared(whole, wide);
  return lines.length === 0 && area === null ? null : { drawing, points, lines, area };
}

/** Those in sight, the undermost first. */
export function outlinesOf(drawings: readonly Drawing[], plane: Plane): Outline[] {
  return drawings.flatMap((drawing) => outlineOf(drawing, plane) ?? []);
}

export interface Hit {
  drawing: Drawing;
  /** Number of its handle; null: the drawing as a whole. */
  handle: number | null;
}

/**
 * What lies under a pixel, within `reach` of it: first a handle of the selected drawing, then the uppermost. A box is met at its edges;
 * within only where it is selected, so that the bars in it can still be reached.
 */
export function hitAt(
  outlines: readonly Outline[],
  plane: Plane,
  at: Pixel,
  selected: string | null,
  reach: number,
): Hit | null {
  if (!isInside(at, plotBox(plane))) return null;
  const held = outlines.find(({ drawing }) => drawing.id === selected);
  const corners = held ? handlesOf(held.drawing) : [];
  for (const [handle, corner] of corners.entries()) {
    const { x, y } = pixelOf(plane, corner);
    if (held && Math.hypot(x - at.x, y - at.y) <= reach + 2) return { drawing: held.drawing, handle };
  }
  const met = outlines.findLast(({ drawing, lines, area }) => {
    if (lines.some((line) => distanceTo(at, line) <= reach)) return true;
    return area !== null && (drawing.kind === "note" || drawing.id === selected) && isInside(at, area, 2);
  });
  return met ? { drawing: met.drawing, handle: null } : null;
}
