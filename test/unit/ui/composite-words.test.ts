import { expect, test } from "vitest";
import { madeWords, unitWords } from "../../../app/_composite/words.ts";
import { instrument } from "./market.ts";

const [dollars, euros] = [instrument("A:X"), instrument("B:Y", { currency: "EUR", calendar: "us-equities" })];

test("what a composite is a number of is said, and that no rate is applied", () => {
  expect(unitWords({ symbol: "A:X/A:Z", legs: [dollars, dollars] })).toBe("a ratio, without a unit");
  expect(unitWords({ symbol: "A:X-A:Z", legs: [dollars, dollars] })).toBe("USD");
  expect(unitWords({ symbol: "A:X/B:Y", legs: [dollars, euros] })).toBe(
    "USD divided by EUR: no exchange rate is applied",
  );
  expect(unitWords({ symbol: "A:X-B:Y", legs: [dollars, euros] })).toBe("USD less EUR: no exchange rate is applied");
  expect(unitWords(dollars)).toBe("");
});

test("how it is made is said, where hours differ that too", () => {
  const same = madeWords({ symbol: "A:X/A:Z", legs: [dollars, dollars] });
  expect(same[0]).toMatch(/^X divided by X, from the bars of both/);
  expect(madeWords({ symbol: "A:X-B:Y", legs: [dollars, euros] })).toHaveLength(same.length + 1);
  expect(madeWords(dollars)).toEqual([]);
});
