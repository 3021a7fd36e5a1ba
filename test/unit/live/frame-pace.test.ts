import { expect, test } from "vitest";
import { FramePace, PACE, SLOW_PACE } from "#lib/live/frame-pace.ts";

test("frames come further apart while the process is late, and close again once it has kept pace", () => {
  const pace = new FramePace();
  expect(pace.interval(1)).toBe(PACE);
  pace.observe(1_000);
  expect(pace.interval(1)).toBe(PACE);
  pace.observe(60_000);
  expect(pace.interval(1)).toBe(SLOW_PACE);
  for (let frame = 0; frame < 19; frame += 1) pace.observe(0);
  expect(pace.interval(1)).toBe(SLOW_PACE);
  pace.observe(0);
  expect(pace.interval(1)).toBe(PACE);
});

test("many pages get fewer frames each, never fewer than a slow process gives", () => {
  const pace = new FramePace();
  expect(pace.interval(60)).toBe(PACE);
  expect(pace.interval(200)).toBe(100_000);
  expect(pace.interval(100_000)).toBe(SLOW_PACE);
});
