import type { Drawing, DrawingKind, DrawingStyle } from "#lib/contracts/drawings.ts";

export const KIND_WORDS: Readonly<Record<DrawingKind, string>> = {
  trend: "Trend line",
  horizontal: "Horizontal line",
  rectangle: "Rectangle",
  fibonacci: "Fibonacci",
  measure: "Measure",
  note: "Note",
};

export const USUAL_STYLE: DrawingStyle = { color: "plain", dash: "solid", width: 1 };

/** Whether two are the same in everything. */
export function isSameDrawing(a: Drawing | null, b: Drawing | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  return (
    a.id === b.id &&
    a.kind === b.kind &&
    a.color === b.color &&
    a.dash === b.dash &&
    a.width === b.width &&
    a.extend === b.extend &&
    a.text === b.text &&
    a.points.length === b.points.length &&
    a.points.every((point, i) => point.time === b.points[i]?.time && point.price === b.points[i].price)
  );
}
