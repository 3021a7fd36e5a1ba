import { describe, expect, test } from "vitest";
import { DAY, HOUR } from "#lib/domain/interval.ts";
import { quoteView } from "#lib/live/quote-view.ts";
import { symbolDay } from "#lib/services/market/symbol-day.ts";
import { latestLine, TODAY } from "../live/lines.ts";

const micros = (text: string): number => Date.parse(text) * 1_000;
const UNKNOWN = {
  previousClose: null,
  base: null,
  dayOpen: null,
  dayHigh: null,
  dayLow: null,
  dayVolume: null,
  dayTrades: null,
};
const TODAYS = { day: TODAY, previousClose: 95, ended: null, session: "regular" as const };

describe("a quote", () => {
  test("of today has its day and what it is compared with", () => {
    expect(quoteView(latestLine(1), TODAYS, null)).toMatchObject({
      last: 101,
      previousClose: 95,
      dayOpen: 100,
      dayVolume: 1_000,
    });
  });

  test("without a trade today keeps the price, but no change and no day's range is known", () => {
    expect(quoteView(latestLine(1), { ...TODAYS, day: TODAY + DAY, session: null }, null)).toMatchObject({
      last: 101,
      ...UNKNOWN,
    });
    expect(quoteView(latestLine(1, { dayStart: null }), { ...TODAYS, session: null }, null)).toMatchObject(UNKNOWN);
  });

  test("of a pre-market is compared with the close before, and has no day's range yet", () => {
    const before = latestLine(1, { dayStart: null });
    const compared = { ...UNKNOWN, previousClose: 95, base: 95 };
    expect(quoteView(before, { ...TODAYS, session: "pre" }, null)).toMatchObject(compared);
  });

  test("of a post-market is compared with the day's own close, as soon as that is known", () => {
    const after = { ...TODAYS, session: "post" as const };
    expect(quoteView(latestLine(1), after, null)).toMatchObject({ previousClose: 95, base: null, dayClose: null });
    const ended = { open: 1, high: 4, low: 1, close: 3, volume: 10, vwap: 2, trades: 5 };
    const view = quoteView(latestLine(1, { dayStart: null }), { ...after, ended }, null);
    expect(view).toMatchObject({ last: 101, previousClose: 95, base: 3, dayClose: 3, session: "post" });
  });

  test("of a recording that was played has the numbers of its last day", () => {
    const ended = { open: 1, high: 4, low: 1, close: 3, volume: 10, vwap: 2, trades: 5 };
    expect(quoteView(latestLine(1, { dayStart: null }), { ...TODAYS, ended }, null)).toMatchObject({
      previousClose: 95,
      base: 95,
      dayHigh: 4,
      dayTrades: 5,
    });
  });

  test("is as fresh as what its channel has proved", () => {
    expect(quoteView(latestLine(1), TODAYS, TODAY + HOUR).watermark).toBe(TODAY + HOUR);
    expect(quoteView(latestLine(1), TODAYS, TODAY - HOUR).watermark).toBe(TODAY);
  });
});

describe("the present day", () => {
  const now = TODAY + 30 * DAY + HOUR;
  const day = (source: "simulator" | "recording", line: Parameters<typeof symbolDay>[1]) => {
    const { day: start, ended } = symbolDay({ symbol: "SIM:AAPL", source, calendar: "utc" }, line, now);
    return { start, ended };
  };

  test("is the clock's", () => {
    expect(day("simulator", latestLine(1))).toEqual({ start: TODAY + 30 * DAY, ended: false });
    expect(day("recording", null)).toEqual({ start: TODAY + 30 * DAY, ended: false });
  });

  test("of a stock is the session from its pre-market to the next, ended once it has closed and is told of no more", () => {
    const stock = { symbol: "SIM:AAPL", source: "simulator", calendar: "us-equities" } as const;
    const at = (text: string, dayStart: number | null = null) => {
      const { day: start, ended } = symbolDay(stock, latestLine(1, { dayStart }), micros(text));
      return { start, ended };
    };
    const friday = micros("2026-11-20T14:30Z");
    expect(at("2026-11-20T09:00Z")).toEqual({ start: friday, ended: false });
    expect(at("2026-11-20T21:00Z", friday)).toEqual({ start: friday, ended: false });
    expect(at("2026-11-20T21:00Z")).toEqual({ start: friday, ended: true });
    expect(at("2026-11-23T08:59Z")).toEqual({ start: friday, ended: true });
    expect(at("2026-11-23T09:00Z")).toEqual({ start: micros("2026-11-23T14:30Z"), ended: false });
  });

  test("of a recording is the one that it plays, and ends with it", () => {
    expect(day("recording", latestLine(1))).toEqual({ start: TODAY, ended: false });
    expect(day("recording", latestLine(1, { dayStart: null }))).toEqual({ start: TODAY, ended: true });
  });
});
