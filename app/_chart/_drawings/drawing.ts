import { z } from "zod";
import type { Micros } from "#lib/domain/interval.ts";
import { INDICATOR_COLORS, type IndicatorColor } from "../../_lib/chosen-indicators.ts";

export const DRAWING_KINDS = ["trend", "horizontal", "rectangle", "fibonacci", "measure", "note"] as const;
export type DrawingKind = (typeof DRAWING_KINDS)[number];

export const KIND_WORDS: Readonly<Record<DrawingKind, string>> = {
  trend: "Trend line",
  horizontal: "Horizontal line",
  rectangle: "Rectangle",
  fibonacci: "Fibonacci",
  measure: "Measure",
  note: "Note",
};

/** How many points of the chart make one. */
export const POINTS_OF: Readonly<Record<DrawingKind, 1 | 2>> = {
  trend: 2,
  horizontal: 1,
  rectangle: 2,
  fibonacci: 2,
  measure: 2,
  note: 1,
};

export const DASHES = ["solid", "dashed", "dotted"] as const;
export type Dash = (typeof DASHES)[number];
export const WIDTHS = [1, 2, 3] as const;
export type LineWidth = (typeof WIDTHS)[number];
/** Where a trend line goes on beyond its points. */
export const EXTENDS = ["none", "right", "both"] as const;
export type Extend = (typeof EXTENDS)[number];

/** The most drawings of one symbol, and the longest text of a note. */
export const MOST_DRAWINGS = 200;
export const LONGEST_NOTE = 500;

/** A place of the market, not of the screen: it stays where it is whatever is paged in, and on each interval and scale. */
export interface Point {
  time: Micros;
  price: number;
}

/** How a drawing looks. */
export interface DrawingStyle {
  color: IndicatorColor;
  dash: Dash;
  width: LineWidth;
}

export interface Drawing extends DrawingStyle {
  id: string;
  kind: DrawingKind;
  points: readonly Point[];
  extend: Extend;
  /** Of a note; otherwise empty. */
  text: string;
}

export const USUAL_STYLE: DrawingStyle = { color: "plain", dash: "solid", width: 1 };

const LATEST = Date.UTC(2200, 0, 1) * 1_000;
const HIGHEST = 1e18;

const pointSchema = z.object({
  time: z.int().min(0).max(LATEST),
  price: z.number().min(-HIGHEST).max(HIGHEST),
});

/** A drawing as a browser keeps it. */
export const drawingSchema: z.ZodType<Drawing> = z
  .object({
    id: z.string().min(1).max(40),
    kind: z.enum(DRAWING_KINDS),
    points: z.array(pointSchema).min(1).max(2),
    color: z.enum(INDICATOR_COLORS),
    dash: z.enum(DASHES),
    width: z.literal(WIDTHS),
    extend: z.enum(EXTENDS),
    text: z.string().max(LONGEST_NOTE),
  })
  .refine(({ kind, points }) => points.length === POINTS_OF[kind], { error: "another number of points" });

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
