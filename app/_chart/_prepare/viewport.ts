import type { TimeAxis } from "./time-axis.ts";

/**
 * What of the series is on the screen, in places of its axis (see TimeAxis; side by side they are positions of BarSeries): the centre of
 * place `i` lies `(i − left) · step` pixels from the plot's left edge. Pure: every gesture is a function from one view to the next.
 */
export interface Viewport {
  /** Place at the plot's left edge. */
  left: number;
  /** Pixels from bar to bar, a whole number or one over one: candles, or columns of several bars, stay crisp and evenly spaced. */
  step: number;
  /** Stay with the newest bar as it moves on. */
  following: boolean;
}

/** A view with the axis on which its bars stand. */
export interface PlacedView extends Viewport {
  axis: TimeAxis;
}

/** What the view must know of its surroundings. */
export interface Stage {
  /** Pixels of the plot. */
  width: number;
  /** Places of the oldest and newest bar. */
  first: number;
  last: number;
}

export const MIN_STEP = 1 / 4;
export const MAX_STEP = 24;
export const DEFAULT_STEP = 7;
/** Bars left free to the right of the newest. */
export const FREE_BARS = 5;
/** At least so many bars stay in sight, whichever way the chart is pushed. */
const KEPT_IN_SIGHT = 3;

export const visibleBars = (view: Viewport, width: number): number => width / view.step;
export const rightOf = (view: Viewport, width: number): number => view.left + width / view.step;
/** The pixel of a place, and the place under a pixel. */
export const slotX = (view: Viewport, slot: number): number => Math.round((slot - view.left) * view.step);
export const slotAt = (view: Viewport, x: number): number => view.left + x / view.step;
/** The pixel of the bar at a position, and the position of the bar nearest to a pixel. */
export const xOf = (view: PlacedView, position: number): number => slotX(view, view.axis.slot(position));
export const positionAt = (view: PlacedView, x: number): number => view.axis.position(slotAt(view, x));

/** The nearest step that can be drawn. */
export function clampStep(step: number): number {
  const within = Math.min(MAX_STEP, Math.max(MIN_STEP, step));
  return within >= 0.75 ? Math.round(within) : 1 / Math.round(1 / within);
}

/** The step after `step` at `factor` times its size, at least the next one. */
export function stepBy(step: number, factor: number): number {
  const far = clampStep(step * factor);
  if (far !== step) return far;
  if (factor > 1) return step >= 1 ? clampStep(step + 1) : clampStep(1 / (Math.round(1 / step) - 1));
  return step > 1 ? step - 1 : clampStep(1 / (Math.round(1 / step) + 1));
}

const crisp = (left: number, step: number): number => Math.round(left * step) / step;

/** The newest bar with free room at its right. */
export function atNewest(stage: Stage, step: number): Viewport {
  const whole = clampStep(step);
  return { left: crisp(stage.last + FREE_BARS + 0.5 - stage.width / whole, whole), step: whole, following: true };
}

/** Within the series, following again where the newest bar comes to its usual place. */
function settle(view: Viewport, stage: Stage): Viewport {
  const newest = atNewest(stage, view.step);
  const least = stage.first - stage.width / view.step + KEPT_IN_SIGHT;
  if (view.left >= newest.left - 0.5 && view.left <= newest.left + 0.5) return newest;
  const most = stage.last - KEPT_IN_SIGHT;
  const left = Math.max(Math.min(view.left, most), Math.min(least, most));
  return { left: crisp(left, view.step), step: view.step, following: false };
}

/** Moves the bars by `pixels` to the right (into the past). */
export function pan(view: Viewport, pixels: number, stage: Stage): Viewport {
  return settle({ ...view, left: view.left - pixels / view.step, following: false }, stage);
}

/** A new step, the bar under `x` staying where it is; while following, the newest bar stays instead. */
export function zoomTo(view: Viewport, step: number, x: number, stage: Stage): Viewport {
  const whole = clampStep(step);
  if (whole === view.step) return view;
  if (view.following) return atNewest(stage, whole);
  const held = slotAt(view, x);
  return settle({ left: held - x / whole, step: whole, following: false }, stage);
}

/** The series or the plot changed: follow, or stay. */
export function adapt(view: Viewport, stage: Stage): Viewport {
  if (!view.following) return view;
  const next = atNewest(stage, view.step);
  return next.left === view.left ? view : next;
}

/** The plot is as wide as `bars` bars and ends at `right`: how a link is restored. */
export function restored(bars: number | null, right: number | null, stage: Stage): Viewport {
  const step = bars === null ? DEFAULT_STEP : clampStep(stage.width / bars);
  if (right === null) return atNewest(stage, step);
  return settle({ left: right + 0.5 - stage.width / step, step, following: false }, stage);
}

/** How far the oldest bar lies to the left of the screen, in screens: pages are fetched before it comes in. */
export function screensBefore(view: Viewport, stage: Stage): number {
  return (view.left - stage.first) / Math.max(1, visibleBars(view, stage.width));
}

/** The same view where a place is in sight, else one with it in the middle. */
export function revealed(view: Viewport, slot: number, stage: Stage): Viewport {
  const x = slotX(view, slot);
  return x >= 0 && x <= stage.width ? view : pan(view, stage.width / 2 - x, stage);
}
