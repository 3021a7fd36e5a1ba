import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { IndicatorRun } from "#lib/domain/indicators/run.ts";
import { barsBefore, type IndicatorSpec, parseSpec } from "#lib/domain/indicators/spec.ts";
import type { IndicatorBar } from "#lib/domain/indicators/values.ts";
import { MINUTE } from "#lib/domain/interval.ts";

const CONTEXT = { calendar: calendarOf("utc"), interval: "1m" } as const;
const SPECS = ["vwap:1.5", "sma:3", "ema:4", "bb:5:2", "rsi:3", "macd:2:4:3", "atr:3"].map(spec);

function spec(text: string): IndicatorSpec {
  const parsed = parseSpec(text);
  if (!parsed) throw new Error(`${text} is no indicator`);
  return parsed;
}

/** A bar every twelve hours, so that sessions change. */
const bars = fc
  .array(
    fc.record({
      close: fc.integer({ min: 1, max: 1_000 }),
      spread: fc.integer({ min: 0, max: 20 }),
      volume: fc.integer({ min: 0, max: 50 }),
      known: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ close, spread, volume, known }, place): IndicatorBar => {
      const [high, low] = [close + spread / 4, close - spread / 3];
      return { start: place * 720 * MINUTE, high, low, close, volume, vwap: known ? close + spread / 16 : null };
    }),
  );

describe("an indicator", () => {
  test.each(SPECS)("$kind has the same values bar by bar, in pieces and at once", (indicator) => {
    fc.assert(
      fc.property(bars, fc.integer({ min: 1, max: 7 }), (list, piece) => {
        const atOnce = new IndicatorRun(indicator, CONTEXT).take(list);
        const run = new IndicatorRun(indicator, CONTEXT);
        for (let end = piece; end < list.length; end += piece) run.take(list.slice(0, end));
        expect(run.take(list)).toEqual(atOnce);
      }),
    );
  });

  test.each(SPECS)("$kind peeks at what the next bar would give, and keeps nothing of it", (indicator) => {
    fc.assert(
      fc.property(bars, bars, (list, formings) => {
        const atOnce = new IndicatorRun(indicator, CONTEXT).take(list);
        const run = new IndicatorRun(indicator, CONTEXT);
        list.forEach((bar, place) => {
          run.take(list.slice(0, place));
          for (const forming of formings.slice(0, 3)) run.peek({ ...forming, start: bar.start });
          expect(run.peek(bar)).toEqual(atOnce[place]);
          expect(run.peek(bar)).toEqual(atOnce[place]);
        });
        expect(run.take(list)).toEqual(atOnce);
      }),
    );
  });

  test.each(SPECS)("$kind is computed anew when a bar is corrected or older ones come", (indicator) => {
    fc.assert(
      fc.property(bars, fc.nat(), (list, at) => {
        const run = new IndicatorRun(indicator, CONTEXT);
        run.take(list.slice(list.length >> 1));
        expect(run.take(list)).toEqual(new IndicatorRun(indicator, CONTEXT).take(list));
        const corrected = list.map((bar, place) => (place === at % list.length ? { ...bar, close: bar.low } : bar));
        expect(run.take(corrected)).toEqual(new IndicatorRun(indicator, CONTEXT).take(corrected));
      }),
    );
  });
});

const walk = (count: number): IndicatorBar[] =>
  Array.from({ length: count }, (_, place) => {
    const close = 200 + 20 * Math.sin(place / 9) + 7 * Math.cos(place * 1.7);
    return { start: place * MINUTE, high: close + 1, low: close - 1.5, close, volume: 10, vwap: null };
  });

test.each(["sma:20", "ema:20", "bb:20:2", "rsi:14", "macd:12:26:9", "atr:14"].map(spec))(
  "$kind does not depend on where the reading began, given the bars before",
  (indicator) => {
    const all = walk(1_400);
    const values = new IndicatorRun(indicator, CONTEXT).take(all);
    const shown = 100;
    const late = new IndicatorRun(indicator, CONTEXT).take(all.slice(-shown - barsBefore(indicator)));
    for (let back = 1; back <= shown; back++) {
      values.at(-back)?.forEach((value, line) => {
        const other = late.at(-back)?.[line] ?? Number.NaN;
        expect(Math.abs(other - (value ?? 0))).toBeLessThan(2e-4);
      });
    }
  },
);
