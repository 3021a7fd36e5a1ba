import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { IndicatorRun } from "#lib/domain/indicators/run.ts";
import { parseSpec } from "#lib/domain/indicators/spec.ts";
import { isReferencePresent, readBars, readColumns } from "./reference.ts";

const CASES = [
  { spec: "sma:14", line: 0, file: "spy_with_indicators.txt", column: "SMA14", within: 0.01 },
  { spec: "ema:14", line: 0, file: "spy_with_indicators.txt", column: "EMA14", within: 0.01 },
  { spec: "rsi:14", line: 0, file: "spy_with_indicators.txt", column: "RSI 14 Wilder", within: 1e-5 },
  { spec: "macd:12:26:9", line: 0, file: "spy_with_macd.txt", column: "MACD", within: 1e-5 },
  { spec: "macd:12:26:9", line: 1, file: "spy_with_macd.txt", column: "Signal", within: 1e-5 },
  { spec: "macd:12:26:9", line: 2, file: "spy_with_macd.txt", column: "Histogram", within: 1e-5 },
  { spec: "bb:20:2", line: 0, file: "spy_bollinger_bands.txt", column: "Moving Average 20", within: 1e-4 },
  { spec: "bb:20:2", line: 1, file: "spy_bollinger_bands.txt", column: "Bollinger Bands® 20 2 Top", within: 1e-4 },
  { spec: "bb:20:2", line: 2, file: "spy_bollinger_bands.txt", column: "Bollinger Bands® 20 2 Bottom", within: 1e-4 },
  { spec: "atr:14", line: 0, file: "spy_atr_wilder.txt", column: "Average True Range 14", within: 1e-5 },
  { spec: "ema:14", line: 0, file: "spy_ema.csv", column: "EMA14", within: 1e-11 },
] as const;

describe.skipIf(!isReferencePresent)(
  `values of another system${isReferencePresent ? "" : " (absent: ../shared/data)"}`,
  () => {
    test.each(CASES)("$spec, $column of $file", ({ spec: text, line, file, column, within }) => {
      const spec = parseSpec(text);
      if (!spec) throw new Error(`${text} is no indicator`);
      const names =
        file === "spy_with_indicators.txt"
          ? { close: "Close" }
          : file === "spy_ema.csv"
            ? { close: "close" }
            : { high: "High", low: "Low", close: "Close" };
      const values = new IndicatorRun(spec, { calendar: calendarOf("utc"), interval: "1m" }).take(
        readBars(file, names),
      );
      const wanted = readColumns(file)(column);
      const begins = wanted.findIndex(Number.isFinite);
      // The table of MACD gives its values only from a later bar on.
      const first = text.startsWith("macd") ? begins : values.findIndex((row) => typeof row[line] === "number");
      expect(first).toBe(begins);
      const errors = wanted.flatMap((value, place) =>
        Number.isFinite(value) ? [Math.abs((values[place]?.[line] ?? Infinity) - value)] : [],
      );
      expect(errors.length).toBeGreaterThan(150);
      expect(Math.max(...errors)).toBeLessThan(within);
    });
  },
);
