import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  eligibilityOf,
  FULL,
  LAST,
  PRICE_BITS,
  PROFILES,
  SUBSTITUTE,
  VOLUME,
} from "#lib/domain/eligibility/eligibility.ts";
import { SALE_CONDITIONS } from "#lib/domain/eligibility/sale-conditions.ts";

const letters = Object.keys(SALE_CONDITIONS);
const outside = (...conditions: string[]): number => eligibilityOf("us-equities", conditions, true);
const anyLetter = fc.constantFrom(...letters, "?", " ", "");

describe("what a trade may do to a bar", () => {
  test.each([
    ["all", ["I", "M"], FULL],
    ["us-equities", [], FULL],
    ["us-equities", ["@"], FULL],
    ["us-equities", ["@", "F", " ", ""], FULL],
    ["us-equities", ["@", "F", " ", "I"], VOLUME],
    ["us-equities", ["Z"], SUBSTITUTE | VOLUME],
    ["us-equities", ["4", "X"], SUBSTITUTE | VOLUME],
    ["us-equities", ["6", "M"], 0],
    ["us-equities", ["9"], LAST],
    ["us-equities", ["9", "Z"], SUBSTITUTE],
    ["us-equities", ["9", "I"], 0],
    ["us-equities", ["unheard of"], VOLUME],
    ["us-equities", ["B"], VOLUME],
    ["us-equities-cta", ["B"], VOLUME],
    ["us-equities-utp", ["B"], FULL],
    ["us-equities-cta", ["W"], VOLUME],
    ["us-equities-cta", ["Y"], VOLUME],
    ["us-equities-utp", ["E"], VOLUME],
    ["us-equities", ["E"], FULL],
  ] as const)("by %s, of conditions %j", (profile, conditions, eligible) => {
    expect(eligibilityOf(profile, conditions, false)).toBe(eligible);
  });

  test("outside the regular session, trades of those hours price their own bars", () => {
    expect(outside("@", "T")).toBe(FULL);
    expect(outside("U")).toBe(SUBSTITUTE | VOLUME);
    expect(outside("T", "I")).toBe(VOLUME);
    expect(eligibilityOf("us-equities", ["T"], false)).toBe(VOLUME);
  });

  test("another condition never allows more, and their order says nothing", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PROFILES),
        fc.array(anyLetter),
        anyLetter,
        fc.boolean(),
        (profile, some, one, isOutside) => {
          const before = eligibilityOf(profile, some, isOutside);
          const after = eligibilityOf(profile, [...some, one], isOutside);
          expect(after & PRICE_BITS).toBeLessThanOrEqual(before & PRICE_BITS);
          expect(after & VOLUME).toBeLessThanOrEqual(before & VOLUME);
          expect(eligibilityOf(profile, [one, ...some].toReversed(), isOutside)).toBe(after);
        },
      ),
    );
  });
});

test("docs/trade-conditions.md has the table as it is", () => {
  const lines = readFileSync("docs/trade-conditions.md", "utf8").split("\n");
  const documented = lines.filter((line) => /^\| `.` /.test(line)).map((line) => line.replaceAll(/ +/g, " "));
  const wanted = Object.entries(SALE_CONDITIONS).map(([letter, plans]) => {
    const [cta, utp] = [plans?.cta, plans?.utp].map((each) => (each ? `${each.name} | ${each.rule}` : "– | –"));
    return `| \`${letter}\` | ${cta} | ${utp} |`;
  });
  expect(documented.toSorted()).toEqual(wanted.toSorted());
});
