import { describe, expect, test } from "vitest";
import type { Adjustment } from "#lib/contracts/adjustments.ts";
import { DAY, MINUTE } from "#lib/domain/interval.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { actionMarks } from "../../../app/_chart/_prepare/action-marks.ts";
import { adjustmentSummary, factorWords, stepWords } from "../../../app/_chart/_prepare/action-words.ts";
import { SIDE_BY_SIDE } from "../../../app/_chart/_prepare/time-axis.ts";
import { formatActions, parseActions } from "../../../app/_lib/action-lines.ts";
import { parseChartState, USUAL_CHART } from "../../../app/_lib/chart-link.ts";
import { bar } from "./bars.ts";

const SPLIT = { kind: "split", day: "2020-08-31", newShares: 4, oldShares: 1 } as const;
const DIVIDEND = { kind: "dividend", day: "2020-11-06", amount: 0.205 } as const;
const LINES = "2020-08-31 4:1\n2020-11-06 0.205";

describe("splits and dividends as they are typed", () => {
  test("are a line each, and come back as they were", () => {
    expect(formatActions([SPLIT, DIVIDEND])).toBe(LINES);
    expect(parseActions(LINES, "us-equities")).toEqual({ actions: [SPLIT, DIVIDEND], refusal: null });
    expect(parseActions("\n 2020-08-31, 4 : 1 \n\n", "us-equities").actions).toEqual([SPLIT]);
    expect(parseActions("", "utc")).toEqual({ actions: [], refusal: null });
  });

  test.each(["31.8.2020 4:1", "2020-08-31", "2020-08-31 4:0", "2020-08-31 0", "2020-08-31 4-1", "2020-13-01 1"])(
    "are refused where a line is none, naming it: %s",
    (line) => {
      expect(parseActions(`${LINES}\n${line}`, "utc").refusal).toMatch(/^Line 3: /);
    },
  );

  test("are refused on a day without a session, in words", () => {
    expect(parseActions("2020-08-30 4:1", "us-equities").refusal).toBe("2020-08-30 is no session day of its calendar.");
  });
});

const adjustment = (before: number, over: Partial<Adjustment> = {}): Adjustment => {
  return { mode: "split", steps: [{ action: SPLIT, before, price: 0.25, volume: 4 }], next: null, ...over };
};

describe("a series", () => {
  test("has what the stream brought before the first page, and brings after it, adjusted like the page", () => {
    const series = new BarSeries();
    series.merge([series.adjusted(bar(10, { close: 400 })), series.adjusted(bar(20, { close: 100 }))]);
    expect(series.adjust(adjustment(20))).toBe(true);
    expect([series.at(0)?.close, series.at(1)?.close]).toEqual([100, 100]);
    series.merge([series.adjusted(bar(5, { close: 200 }))]);
    expect(series.at(-1)?.close).toBe(50);
  });

  test("refuses a page that is adjusted otherwise than it is", () => {
    const series = new BarSeries();
    expect([series.adjust(adjustment(20)), series.adjust(adjustment(20)), series.adjust(adjustment(30))]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

const at = (...minutes: number[]): Adjustment => ({
  mode: "split",
  steps: minutes.map((minute, place) => ({
    action: place === 1 ? SPLIT : DIVIDEND,
    before: minute * MINUTE,
    price: 1,
    volume: 1,
  })),
  next: null,
});

describe("marks on the time axis", () => {
  const series = new BarSeries();
  series.merge(Array.from({ length: 100 }, (_, place) => bar(place * MINUTE)));
  const view = { left: 0, step: 10, following: false, axis: SIDE_BY_SIDE };
  const marks = (...minutes: number[]) =>
    actionMarks(at(...minutes), series, view, 500).map(({ x, letter }) => [x, letter]);

  test("stand at the first bar of the ex-day, the newest too", () => {
    expect(marks(10, 20.5)).toEqual([
      [100, "D"],
      [210, "S"],
    ]);
    const end = { ...view, left: 90 };
    expect(actionMarks(at(99), series, end, 500)).toHaveLength(1);
  });

  test("are not drawn out of sight, before the oldest bar held or after the newest", () => {
    expect(marks(60, 0, -5, 100)).toEqual([]);
  });

  test("that would cover each other are one, a split's where there is one", () => {
    expect(marks(10, 11)).toEqual([[100, "S"]]);
    expect(actionMarks(at(10, 11), series, view, 500)[0]?.words.split("\n")).toHaveLength(2);
  });
});

describe("words", () => {
  test("say what an action does in each mode, and why it does nothing", () => {
    const step = { action: SPLIT, before: DAY, price: 0.25, volume: 4 };
    expect(stepWords(step, "split")).toBe("2020-08-31: 4:1 split; before it prices × 0.25, volume × 4");
    expect(stepWords({ ...step, price: 1, volume: 1 }, "raw")).toBe(
      "2020-08-31: 4:1 split; not applied, prices are as traded",
    );
    const paid = { action: DIVIDEND, before: DAY, volume: 1 };
    expect(stepWords({ ...paid, price: 1 }, "split")).toBe(
      "2020-11-06: dividend of 0.205; not applied, only splits are",
    );
    expect(stepWords({ ...paid, price: null }, "total")).toMatch(/no close before it is held/);
    expect(stepWords({ ...paid, price: 0.998277745 }, "total")).toMatch(/before it prices × 0\.998278$/);
    expect(factorWords({ price: 1, volume: 1 })).toBe("");
  });

  test("of what is in sight name its actions alone, and are none of a ticker without any", () => {
    expect(adjustmentSummary(adjustment(20), 10, 30)).toMatch(/^Prices are adjusted for splits\. 2020-08-31: 4:1/);
    expect(adjustmentSummary(adjustment(20), 20, 30)).toBe("Prices are adjusted for splits.");
    expect(adjustmentSummary(adjustment(20, { steps: [] }), 0, 30)).toBe("");
    expect(adjustmentSummary(null, 0, 30)).toBe("");
  });
});

test("the address says how prices are adjusted where that is not as usual", () => {
  expect(USUAL_CHART.adjust).toBe("split");
  expect(parseChartState({ adjust: "total" }).adjust).toBe("total");
  expect(parseChartState({ adjust: "dividends" }).adjust).toBe("split");
});
