import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CorporateAction, exTime, MOST_ACTIONS, refusalOf, sortActions } from "#lib/domain/adjustment/action.ts";
import { type AdjustableBar, Adjuster } from "#lib/domain/adjustment/adjuster.ts";
import { type AdjustmentMode, nextStep, stepsOf } from "#lib/domain/adjustment/steps.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, MINUTE } from "#lib/domain/interval.ts";
import { RECORDINGS } from "#test/support/recordings.ts";

const US = calendarOf("us-equities");
const at = (text: string): number => Date.parse(text) * 1_000;
const open = (day: string): number => calendarOf("us-equities").segmentOf(at(`${day}T16:00:00Z`)).start;
const NOW = at("2026-01-02T15:00:00Z");

const split = (day: string, newShares: number, oldShares = 1): CorporateAction => {
  return { kind: "split", day, newShares, oldShares };
};
const dividend = (day: string, amount: number): CorporateAction => ({ kind: "dividend", day, amount });

const bar = (start: number, close: number, volume = 1_000): AdjustableBar => {
  return { start, open: close, high: close, low: close, close, volume, vwap: close };
};
const steps = (actions: CorporateAction[], mode: AdjustmentMode, closes: { start: number; close: number }[] = []) =>
  stepsOf(actions, mode, { calendar: US, now: NOW, closes });

describe("an ex-day", () => {
  test("begins with its pre-market, on the exchange's clock in summer and winter, and with the day of UTC elsewhere", () => {
    expect(exTime(US, "2020-08-31")).toBe(at("2020-08-31T08:00:00Z"));
    expect(exTime(US, "2020-11-06")).toBe(at("2020-11-06T09:00:00Z"));
    // Trading ends at 13:00 in New York.
    expect(exTime(US, "2023-07-03")).toBe(at("2023-07-03T08:00:00Z"));
    expect(exTime(calendarOf("utc"), "2020-08-31")).toBe(at("2020-08-31T00:00:00Z"));
  });

  test("on which nothing is traded is refused, as is a date that does not exist, a second action of a kind, and too many", () => {
    expect(refusalOf([split("2020-08-31", 4), dividend("2020-08-31", 1)], US)).toBeNull();
    expect(refusalOf([split("2020-08-30", 4)], US)).toBe("2020-08-30 is no session day of its calendar.");
    expect(refusalOf([split("2020-08-30", 4)], calendarOf("utc"))).toBeNull();
    expect(refusalOf([split("2021-02-30", 4)], US)).toBe("2021-02-30 is no date.");
    expect(refusalOf([split("nonsense", 4)], US)).toBe("nonsense is no date.");
    expect(refusalOf([dividend("2020-11-06", 1), dividend("2020-11-06", 2)], US)).toBe(
      "2020-11-06 has two dividends: enter them as one.",
    );
    const many = Array.from({ length: MOST_ACTIONS + 1 }, () => split("2020-08-31", 2));
    expect(refusalOf(many, US)).toBe("At most 200 splits and dividends; these are 201.");
  });

  test("of today is in force from its pre-market on, one to come is not", () => {
    const actions = [split("2026-01-02", 2), split("2026-01-05", 3)];
    expect(steps(actions, "split")).toMatchObject([{ price: 0.5 }]);
    expect(nextStep(actions, US, NOW)).toBe(at("2026-01-05T09:00:00Z"));
    expect(nextStep(actions, US, at("2026-02-01"))).toBeNull();
    const night = at("2026-01-02T08:59:59Z");
    expect(stepsOf(actions, "split", { calendar: US, now: night, closes: [] })).toEqual([]);
  });
});

describe("factors", () => {
  // https://help.yahoo.com/kb/SLN28256.html
  test("are those of Yahoo's own example: 0.08 after a close of 24.96 multiplies by 0.9968", () => {
    const closes = [{ start: open("2015-02-18"), close: 24.96 }];
    const [step] = steps([dividend("2015-02-19", 0.08)], "total", closes);
    expect(step?.price).toBeCloseTo(0.9968, 4);
    expect(step?.volume).toBe(1);
  });

  test("of a split scale volume the other way; a dividend changes nothing unless returns are total", () => {
    const actions = [split("2020-08-31", 4), split("2021-03-01", 1, 10), dividend("2021-06-01", 1)];
    expect(steps(actions, "split").map(({ price, volume }) => [price, volume])).toEqual([
      [0.25, 4],
      [10, 0.1],
      [1, 1],
    ]);
    expect(steps(actions, "raw").every(({ price, volume }) => price === 1 && volume === 1)).toBe(true);
  });

  test("of a dividend are of the close in the shares of its ex-day", () => {
    const closes = [{ start: open("2020-08-28"), close: 400 }];
    const found = steps([dividend("2020-08-31", 1), split("2020-08-31", 4)], "total", closes);
    expect(found.find(({ action }) => action.kind === "dividend")?.price).toBe(0.99);
  });

  test("of a dividend are not known without a close in the two weeks before, or when it is no less than that", () => {
    const closes = [{ start: open("2020-07-01"), close: 10 }];
    expect(steps([dividend("2020-07-02", 10)], "total", closes)[0]?.price).toBeNull();
    expect(steps([dividend("2020-08-31", 1)], "total", closes)[0]?.price).toBeNull();
    const unknown = new Adjuster(steps([dividend("2020-08-31", 1)], "total", closes));
    const before = bar(open("2020-08-28"), 100);
    expect(unknown.apply(before)).toBe(before);
  });

  const file = join(RECORDINGS, "yahoo/chart-AAPL-2020-08-31-to-2020-11-07.json");
  test.skipIf(!existsSync(file))("give the adjusted closes of Yahoo, as far as these are exact", () => {
    const { timestamp, indicators } = (
      JSON.parse(readFileSync(file, "utf8")) as {
        body: { chart: { result: { timestamp: number[]; indicators: Yahoo }[] } };
      }
    ).body.chart.result[0] ?? { timestamp: [], indicators: { quote: [], adjclose: [] } };
    const closes = (indicators.quote[0]?.close ?? []).map((close, i) => ({ start: (timestamp[i] ?? 0) * 1e6, close }));
    const adjusted = indicators.adjclose[0]?.adjclose ?? [];
    const adjuster = new Adjuster(steps([dividend("2020-11-06", 0.205)], "total", closes));
    const ours = closes.map(({ start, close }) => adjuster.apply(bar(start, close)).close);
    // Theirs have the dividends since then too.
    const since = (adjusted.at(-1) ?? 0) / (ours.at(-1) ?? 1);
    expect(ours).toHaveLength(49);
    for (const [place, close] of ours.entries()) expect(close * since).toBeCloseTo(adjusted[place] ?? 0, 4);
  });
});

interface Yahoo {
  quote: { close: number[] }[];
  adjclose: { adjclose: number[] }[];
}

describe("adjusted bars", () => {
  const actions = [
    dividend("2020-05-08", 0.82),
    dividend("2020-08-07", 0.82),
    split("2020-08-31", 4),
    dividend("2020-11-06", 0.205),
    split("2021-03-01", 3, 2),
  ];
  const days = Array.from({ length: 300 }, (_, place) => at("2020-04-01T16:00:00Z") + place * DAY)
    .map((time) => US.segmentOf(time))
    .filter(({ session }) => session === "regular")
    .map(({ start }) => start);
  const bars = days.map((start, place) => bar(start, 100 + 10 * Math.sin(place), 1_000 + place));
  const closes = bars.map(({ start, close }) => ({ start, close }));

  test.each(["split", "total"] as const)("are the same whether adjusted in one piece or in any two (%s)", (mode) => {
    const all = steps(actions, mode, closes);
    const whole = bars.map((one) => new Adjuster(all).apply(one));
    for (let cut = 0; cut <= bars.length; cut += 7) {
      const pieces = [bars.slice(0, cut), bars.slice(cut)];
      expect(pieces.flatMap((piece) => piece.map((one) => new Adjuster(all).apply(one)))).toEqual(whole);
    }
  });

  test("return over an ex-day what a share and what it paid returned", () => {
    const adjuster = new Adjuster(steps(actions, "total", closes));
    for (const { kind, day, ...terms } of actions) {
      const after = bars.findIndex(({ start }) => start === open(day));
      const [before, on] = [bars[after - 1], bars[after]];
      if (!before || !on) continue;
      const held = "newShares" in terms ? before.close * (terms.oldShares / terms.newShares) : before.close;
      const paid = "amount" in terms ? terms.amount : 0;
      expect(adjuster.apply(on).close / adjuster.apply(before).close, `${kind} ${day}`).toBeCloseTo(
        on.close / (held - paid),
        9,
      );
    }
  });

  test("keep the money that was traded, for splits", () => {
    const adjuster = new Adjuster(steps(actions, "split"));
    for (const one of bars) {
      const { vwap, volume } = adjuster.apply(one);
      expect((vwap ?? 0) * (volume ?? 0)).toBeCloseTo((one.vwap ?? 0) * (one.volume ?? 0), 5);
    }
  });

  test("change from the first session of the ex-day on, and have no digits that nobody wrote", () => {
    const adjuster = new Adjuster(steps([split("2024-06-10", 10)], "split"));
    const opening = at("2024-06-10T08:00:00Z");
    const after = bar(opening, 121.79);
    expect(adjuster.apply(after)).toBe(after);
    expect(adjuster.apply({ ...bar(opening - MINUTE, 1208.88), vwap: null })).toEqual({
      ...bar(opening - MINUTE, 120.888, 10_000),
      vwap: null,
    });
  });

  test("of actions entered in any order are the same", () => {
    const mixed = actions.toReversed();
    expect(sortActions(mixed)).toEqual(actions);
    expect(steps(mixed, "total", closes)).toEqual(steps(actions, "total", closes));
  });
});
