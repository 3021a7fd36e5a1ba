import type { Pixel } from "./plane.ts";

export interface Line {
  from: Pixel;
  to: Pixel;
}

/** Left, top, right and bottom, pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxOf(a: Pixel, b: Pixel): Box {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}

/** The part of two boxes that they share; null where they share none. */
export function shared(a: Box, b: Box): Box | null {
  const box = {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
  return box.left <= box.right && box.top <= box.bottom ? box : null;
}

export const isInside = ({ x, y }: Pixel, { left, top, right, bottom }: Box, reach = 0): boolean =>
  x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;

/** Pixels from a point to the nearest of a line. */
export function distanceTo({ x, y }: Pixel, { from, to }: Line): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}

/** The part of a line within a box, by Liang and Barsky (1984); null where there is none. Points may lie as far away as they like. */
export function clipped({ from, to }: Line, { left, top, right, bottom }: Box): Line | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enter, leave] = [0, 1];
  const edges = [
    [-dx, from.x - left],
    [dx, right - from.x],
    [-dy, from.y - top],
    [dy, bottom - from.y],
  ] as const;
  for (const [towards, room] of edges) {
    if (towards === 0 && room < 0) return null;
    if (towards < 0) enter = Math.max(enter, room / towards);
    else if (towards > 0) leave = Math.min(leave, room / towards);
  }
  if (enter > leave) return null;
  const at = (share: number): Pixel => ({ x: from.x + share * dx, y: from.y + share * dy });
  return { from: at(enter), to: at(leave) };
}

/** The line gone on until it leaves the box: beyond its second point, or beyond both. */
export function extended({ from, to }: Line, both: boolean, box: Box): Line {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return { from, to };
  // As far as the box is wide and high, and the points are away from it.
  const far =
    box.right -
    box.left +
    (box.bottom - box.top) +
    Math.abs(from.x) +
    Math.abs(from.y) +
    Math.abs(to.x) +
    Math.abs(to.y);
  const [dx, dy] = [((to.x - from.x) / length) * far, ((to.y - from.y) / length) * far];
  return { from: both ? { x: from.x - dx, y: from.y - dy } : from, to: { x: to.x + dx, y: to.y + dy } };
}
