import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MINUTE } from "#lib/domain/interval.ts";
import { candlePath, type Pixels } from "../../../app/_chart/_prepare/paths.ts";
import { between, piecePixels, piecesOf } from "../../../app/_chart/_prepare/pieces.ts";
import { keepTicks, type TimeTick } from "../../../app/_chart/_prepare/ticks.ts";
import { SIDE_BY_SIDE } from "../../../app/_chart/_prepare/time-axis.ts";
import { run } from "./bars.ts";

const STEPS = [1 / 4, 1 / 3, 1 / 2, 1, 2, 7, 24];

const y = (price: number): number => 500 - price;

describe("pieces of the bars in sight", () => {
  test("cover them without a gap, and begin at the same bars wherever the chart is moved", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.constantFrom(...STEPS),
        (from, count, step) => {
          const pieces = piecesOf({ from, to: from + count }, step);
          const starts = pieces.map((piece) => piece.from);
          expect(pieces.slice(1).map((piece) => piece.from)).toEqual(pieces.slice(0, -1).map((piece) => piece.to));
          expect(starts[0]).toBeLessThanOrEqual(from);
          expect(pieces.at(-1)?.to).toBeGreaterThanOrEqual(from + count);
          const moved = piecesOf({ from: from + 1, to: from + count }, step).map((piece) => piece.from);
          expect(moved.every((start) => starts.includes(start))).toBe(true);
          // Whole pixels, and whole columns of bars that share one.
          for (const start of starts) expect(Number.isInteger(Math.round(start * step * 1e6) / 1e6)).toBe(true);
        },
      ),
    );
  });

  test("hold what there is of their positions", () => {
    const held = { bars: run(10, MINUTE, 0), first: -4 };
    expect(between(held, -100, -2)).toEqual({ bars: held.bars.slice(0, 2), first: -4 });
    expect(between(held, 4, 100)).toEqual({ bars: held.bars.slice(8), first: 4 });
    expect(between(held, 6, 9).bars).toEqual([]);
    expect(between(held, -9, -4).bars).toEqual([]);
  });

  test("drawn from their own edge and moved to their place, they are what all of them drawn at once is", () => {
    const bars = run(200, MINUTE, 0);
    const pixels: Pixels = { x: (position) => (position - 20) * 7, y, step: 7 };
    const whole = candlePath(bars, 0, pixels, true) + candlePath(bars, 0, pixels, false);
    const moved = piecesOf({ from: 0, to: 200 }, 7).flatMap(({ from, to }) => {
      const piece = between({ bars, first: 0 }, from, to);
      const own = piecePixels({ axis: SIDE_BY_SIDE, step: 7, y }, from);
      const paths = candlePath(piece.bars, piece.first, own, true) + candlePath(piece.bars, piece.first, own, false);
      return commands(paths).map((command) => shifted(command, Math.round(pixels.x(from))));
    });
    expect(moved.toSorted()).toEqual(commands(whole).toSorted());
  });
});

const commands = (path: string): string[] => path.split("M").slice(1);
const shifted = (command: string, by: number): string => command.replace(/^-?\d+/, (left) => String(Number(left) + by));

const tick = (position: number): TimeTick => ({ position, label: `${position}`, rank: 0, edge: false });

test("labels of time stay the same object as long as they are the same", () => {
  const keep = keepTicks();
  const first = keep([tick(1), tick(2)]);
  expect(keep([tick(1), tick(2)])).toBe(first);
  expect(keep([tick(1), { ...tick(2), label: "other" }])).not.toBe(first);
  expect(keep([])).toEqual([]);
});
