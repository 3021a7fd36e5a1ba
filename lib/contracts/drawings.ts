import { z } from "zod";
import type { Micros } from "../domain/interval.ts";
import { each } from "./kept.ts";

/** `plain` leaves the telling apart to dash and weight; the others are none of the colours that mean up and down. */
export const LINE_COLORS = ["plain", "teal", "violet", "rose", "olive"] as const;
export type LineColor = (typeof LINE_COLORS)[number];

export const DRAWING_KINDS = ["trend", "horizontal", "rectangle", "fibonacci", "measure", "note"] as const;
export type DrawingKind = (typeof DRAWING_KINDS)[number];

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
  color: LineColor;
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

const LATEST = Date.UTC(2200, 0, 1) * 1_000;
const HIGHEST = 1e18;

const pointSchema = z.object({
  time: z.int().min(0).max(LATEST),
  price: z.number().min(-HIGHEST).max(HIGHEST),
});

/** A drawing as it is kept, in a browser or on the server. */
export const drawingSchema: z.ZodType<Drawing> = z
  .object({
    id: z.string().min(1).max(40),
    kind: z.enum(DRAWING_KINDS),
    points: z.array(pointSchema).min(1).max(2),
    color: z.enum(LINE_COLORS),
    dash: z.enum(DASHES),
    width: z.literal(WIDTHS),
    extend: z.enum(EXTENDS),
    text: z.string().max(LONGEST_NOTE),
  })
  .refine(({ kind, points }) => points.length === POINTS_OF[kind], { error: "another number of points" });

/** What a person keeps of one symbol on the server, the undermost first. */
export const drawingsSchema: z.ZodType<Drawing[]> = z
  .array(drawingSchema)
  .max(MOST_DRAWINGS)
  .refine((drawings) => each(drawings.map(({ id }) => id)), "the id of a drawing is its own");
