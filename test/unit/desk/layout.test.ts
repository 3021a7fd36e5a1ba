import { assert, constantFrom, integer, nat, property, array, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { placesOf } from "../../../app/_desk/_layout/places.ts";
import { formatTree, parseTree } from "../../../app/_desk/_layout/tree-text.ts";
import {
  evened,
  halved,
  LEAST_SHARE,
  moved,
  panelsOf,
  swapped,
  without,
  type LayoutNode,
} from "../../../app/_desk/_layout/tree.ts";

const tree = (text: string): LayoutNode => {
  const parsed = parseTree(text);
  if (parsed === null) throw new Error(`not a layout: ${text}`);
  return parsed;
};

/** A layout after some cuts and closings of panels, with two to eight of them. */
const cuts = array(tuple(nat(7), constantFrom("row" as const, "column" as const)), { minLength: 1, maxLength: 7 });
const cut = (steps: readonly (readonly [number, "row" | "column"])[]): LayoutNode =>
  steps.reduce<LayoutNode>((node, [at, direction], step) => {
    const panels = panelsOf(node);
    return halved(node, panels[at % panels.length] ?? 1, direction, step + 2);
  }, 1);

describe("a layout", () => {
  test("cuts a panel in two, in the split that is there where the direction is the same", () => {
    expect(halved(1, 1, "row", 2)).toEqual(tree("h2.50.1.50.2"));
    expect(halved(tree("h2.50.1.50.2"), 2, "row", 3)).toEqual(tree("h3.50.1.25.2.25.3"));
    expect(halved(tree("h2.50.1.50.2"), 2, "column", 3)).toEqual(tree("h2.50.1.50.v2.50.2.50.3"));
  });

  test("gives the room of a closed panel to those beside it", () => {
    expect(without(tree("h3.50.1.25.2.25.3"), 1)).toEqual(tree("h2.50.2.50.3"));
    expect(without(tree("h2.50.1.50.v2.50.2.50.3"), 2)).toEqual(tree("h2.50.1.50.3"));
    expect(without(1, 1)).toBeNull();
  });

  test("dissolves what a closed panel leaves alone", () => {
    const inner = without(tree("h2.40.1.60.v2.50.2.50.h2.50.3.50.4"), 2);
    expect(inner).toEqual(tree("h3.40.1.30.3.30.4"));
  });

  test("swaps two panels and leaves the rest", () => {
    expect(swapped(tree("h2.60.1.40.v2.50.2.50.3"), 1, 3)).toEqual(tree("h2.60.3.40.v2.50.2.50.1"));
  });

  test("moves a seam as far as both sides keep their least", () => {
    expect(moved(tree("h2.50.1.50.2"), [], 0, 20)).toEqual(tree("h2.70.1.30.2"));
    expect(formatTree(moved(tree("h2.50.1.50.2"), [], 0, 90))).toBe(`h2.${100 - LEAST_SHARE}.1.${LEAST_SHARE}.2`);
    expect(moved(tree("h2.60.1.40.v2.50.2.50.3"), [1], 0, -10)).toEqual(tree("h2.60.1.40.v2.40.2.60.3"));
    expect(evened(tree("h2.60.1.40.v2.40.2.60.3"), [1])).toEqual(tree("h2.60.1.40.v2.50.2.50.3"));
  });
});

describe("the places of a layout", () => {
  test("covers the desk without a gap, whatever was cut and moved", () => {
    assert(
      property(cuts, nat(), integer({ min: -100, max: 100 }), (steps, which, by) => {
        const node = cut(steps);
        const { seams } = placesOf(node);
        const seam = seams[which % seams.length];
        const { panels } = placesOf(seam ? moved(node, seam.path, seam.place, by) : node);
        const area = [...panels.values()].reduce((sum, { width, height }) => sum + width * height, 0);
        expect(area).toBeCloseTo(10_000, 6);
        expect(new Set(panels.keys())).toEqual(new Set(panelsOf(node)));
        for (const { left, top, width, height } of panels.values()) {
          expect(Math.min(left, top, width, height)).toBeGreaterThanOrEqual(0);
          expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(100 + 1e-9);
        }
      }),
    );
  });

  test("is what its text says, to a few per cent", () => {
    assert(
      property(cuts, (steps) => {
        const node = cut(steps);
        const again = tree(formatTree(node));
        const { panels } = placesOf(again);
        expect(panelsOf(again)).toEqual(panelsOf(node));
        for (const [id, place] of placesOf(node).panels) {
          const { left, top, width, height } = panels.get(id) ?? place;
          const off = [left - place.left, top - place.top, width - place.width, height - place.height];
          expect(Math.max(...off.map(Math.abs))).toBeLessThan(3);
        }
      }),
    );
  });

  test.each(["", "9", "h1.100.1", "h2.50.1", "h2.50.1.50.1", "h2.50.1.50.2.3", "h2.0.1.50.2", "h9", "x2.50.1.50.2"])(
    "is not %j",
    (text) => expect(parseTree(text)).toBeNull(),
  );

  test("has its seams between its parts", () => {
    const { seams } = placesOf(tree("h2.60.1.40.v2.25.2.75.3"));
    expect(seams).toEqual([
      {
        path: [],
        place: 0,
        direction: "row",
        at: { left: 60, top: 0, width: 0, height: 100 },
        share: 60,
        extent: 100,
      },
      {
        path: [1],
        place: 0,
        direction: "column",
        at: { left: 60, top: 25, width: 40, height: 0 },
        share: 25,
        extent: 100,
      },
    ]);
  });
});
