import { describe, expect, test } from "vitest";
import {
  adapt,
  atNewest,
  pan,
  slotAt,
  restored,
  rightOf,
  screensBefore,
  stepBy,
  slotX,
  zoomTo,
  type Stage,
} from "../../../app/_chart/_prepare/viewport.ts";

const stage: Stage = { width: 700, first: 0, last: 999 };
const newest = atNewest(stage, 7);

const steps = (factor: number, from: number): number[] => {
  const taken = [from];
  for (let step = stepBy(from, factor); step !== taken.at(-1); step = stepBy(step, factor)) taken.push(step);
  return taken;
};

describe("the view of a chart", () => {
  test("begins at the newest bar with room at its right", () => {
    expect(newest.following).toBe(true);
    expect(stage.width - slotX(newest, stage.last)).toBe(Math.round(5.5 * 7));
  });

  test("follows a new bar, and a chart that was moved stays", () => {
    const later = { ...stage, last: 1_000 };
    expect(adapt(newest, later).left).toBe(newest.left + 1);
    const past = pan(newest, 140, stage);
    expect(past).toEqual({ left: newest.left - 20, step: 7, following: false });
    expect(adapt(past, later)).toBe(past);
  });

  test("pushed back to the newest bar it follows again", () => {
    expect(pan(pan(newest, 140, stage), -140, stage)).toEqual(newest);
  });

  test("cannot be pushed out of the series", () => {
    expect(rightOf(pan(newest, 1e6, stage), stage.width)).toBeGreaterThan(stage.first);
    expect(pan(newest, -1e6, stage).left).toBeLessThan(stage.last);
    const short = { ...stage, last: 4 };
    expect(adapt(pan(atNewest(short, 7), 1e6, short), short).left).toBeLessThanOrEqual(short.last);
  });

  test("zooms around the pointer in whole pixels, up to 24", () => {
    const past = pan(newest, 1_400, stage);
    const before = slotAt(past, 300);
    const zoomed = zoomTo(past, 12.4, 300, stage);
    expect(zoomed.step).toBe(12);
    expect(Math.abs(slotAt(zoomed, 300) - before) * zoomed.step).toBeLessThanOrEqual(1);
    expect(zoomTo(past, 99, 0, stage).step).toBe(24);
  });

  test("shows up to four bars a pixel, in columns that are whole", () => {
    const past = pan(newest, 1_400, stage);
    expect([0.9, 0.6, 0.3, 0.01].map((step) => zoomTo(past, step, 0, stage).step)).toEqual([1, 0.5, 1 / 3, 0.25]);
    const wide = zoomTo(past, 0.25, 350, stage);
    expect(Number.isInteger(wide.left / 4)).toBe(true);
  });

  test("each press of a key is another step, until there is none", () => {
    expect(steps(1 / 1.25, 4)).toEqual([4, 3, 2, 1, 1 / 2, 1 / 3, 1 / 4]);
    expect(steps(1.25, 1 / 4)).toEqual([1 / 4, 1 / 3, 1 / 2, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 24]);
  });

  test("a link restores how many bars are shown and where they end", () => {
    const view = restored(100, 500, stage);
    expect([view.step, view.following, Math.round(rightOf(view, stage.width) - 0.5)]).toEqual([7, false, 500]);
    expect(restored(null, null, stage)).toEqual(newest);
  });

  test("knows how much is left before the oldest bar", () => {
    expect(screensBefore({ left: 200, step: 7, following: false }, stage)).toBe(2);
  });
});
