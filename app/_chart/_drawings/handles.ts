import type { Drawing, Point } from "#lib/contracts/drawings.ts";

/** Where a drawing can be taken hold of; a note only as a whole. Of a box first its two points, then the other corners. */
export function handlesOf({ kind, points }: Pick<Drawing, "kind" | "points">): readonly Point[] {
  const [a, b] = points;
  if (kind === "note" || !a) return [];
  if (!b) return [a];
  if (kind === "trend" || kind === "fibonacci") return points;
  return [a, b, { time: a.time, price: b.price }, { time: b.time, price: a.price }];
}

/** The drawing with one of its handles elsewhere. */
export function withHandle(drawing: Drawing, handle: number, to: Point): Drawing {
  const [a, b] = drawing.points;
  if (!a) return drawing;
  if (handle === 0) return { ...drawing, points: b ? [to, b] : [to] };
  if (!b) return drawing;
  if (handle === 1) return { ...drawing, points: [a, to] };
  const points =
    handle === 2
      ? [
          { time: to.time, price: a.price },
          { time: b.time, price: to.price },
        ]
      : [
          { time: a.time, price: to.price },
          { time: to.time, price: b.price },
        ];
  return { ...drawing, points };
}
