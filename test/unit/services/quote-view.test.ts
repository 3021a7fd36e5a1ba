import { expect, test } from "vitest";
import { quoteView } from "#lib/live/quote-view.ts";
import { symbolDay } from "#lib/services/market/symbol-day.ts";
import { DAY, HOUR } from "#lib/domain/interval.ts";
import { latestLine, TODAY } from "../live/lines.ts";

test("a quote of today has its day and what it is compared with", () => {
  expect(quoteView(latestLine(1), { current: true, previousClose: 95 })).toMatchObject({
    last: 101,
    previousClose: 95,
    dayOpen: 100,
    dayVolume: 1_000,
  });
});

test("without a trade today the price stays, but no change and no day's range is known", () => {
  const unknown = { previousClose: null, dayOpen: null, dayHigh: null, dayLow: null, dayVolume: null, dayTrades: null };
  expect(quoteView(latestLine(1), { current: false, previousClose: 95 })).toMatchObject({ last: 101, ...unknown });
  const untraded = latestLine(1, { dayStart: null });
  expect(quoteView(untraded, { current: true, previousClose: 95 })).toMatchObject(unknown);
});

test("the day of a recording is the one that it played, of all others the clock's", () => {
  const line = latestLine(1);
  expect(symbolDay("recording", line, TODAY + 30 * DAY)).toBe(TODAY);
  expect(symbolDay("simulator", line, TODAY + 30 * DAY + HOUR)).toBe(TODAY + 30 * DAY);
  expect(symbolDay("recording", null, TODAY + HOUR)).toBe(TODAY);
});
