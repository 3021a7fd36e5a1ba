import { describe, expect, test } from "vitest";
import { DAY, HOUR } from "#lib/domain/interval.ts";
import { quoteView } from "#lib/live/quote-view.ts";
import { symbolDay } from "#lib/services/market/symbol-day.ts";
import { latestLine, TODAY } from "../live/lines.ts";

const UNKNOWN = { previousClose: null, dayOpen: null, dayHigh: null, dayLow: null, dayVolume: null, dayTrades: null };
const TODAYS = { day: TODAY, previousClose: 95, ended: null };

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
    expect(quoteView(latestLine(1), { ...TODAYS, day: TODAY + DAY }, null)).toMatchObject({ last: 101, ...UNKNOWN });
    expect(quoteView(latestLine(1, { dayStart: null }), TODAYS, null)).toMatchObject(UNKNOWN);
  });

  test("of a recording that was played has the numbers of its last day", () => {
    const ended = { open: 1, high: 4, low: 1, volume: 10, vwap: 2, trades: 5 };
    expect(quoteView(latestLine(1, { dayStart: null }), { ...TODAYS, ended }, null)).toMatchObject({
      previousClose: 95,
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
    const { day: start, ended } = symbolDay({ symbol: "SIM:AAPL", source }, line, now);
    return { start, ended };
  };

  test("is the clock's", () => {
    expect(day("simulator", latestLine(1))).toEqual({ start: TODAY + 30 * DAY, ended: false });
    expect(day("recording", null)).toEqual({ start: TODAY + 30 * DAY, ended: false });
  });

  test("of a recording is the one that it plays, and ends with it", () => {
    expect(day("recording", latestLine(1))).toEqual({ start: TODAY, ended: false });
    expect(day("recording", latestLine(1, { dayStart: null }))).toEqual({ start: TODAY, ended: true });
  });
});
