import { expect, test } from "vitest";
import { KIND_NAMES } from "#lib/domain/indicators/kinds.ts";
import { barsBefore, formatSpec, parseSpec, usualSpec } from "#lib/domain/indicators/spec.ts";

test("each kind with its usual numbers survives its text", () => {
  for (const kind of KIND_NAMES) expect(parseSpec(formatSpec(usualSpec(kind)))).toEqual(usualSpec(kind));
});

test("what is left out has its usual value", () => {
  expect(parseSpec("macd:5")).toEqual({ kind: "macd", parameters: [5, 26, 9] });
  expect(parseSpec("bb")).toEqual({ kind: "bb", parameters: [20, 2] });
});

test.each([
  "",
  "foo",
  "sma:",
  "sma:0",
  "sma:501",
  "sma:1.5",
  "sma:20:3",
  "sma:-1",
  "sma:1e2",
  "macd:26:12",
  "rsi:1",
  "bb:20:0",
])("%s is no indicator", (text) => {
  expect(parseSpec(text)).toBeNull();
});

test("only what remembers for ever needs many bars before a range", () => {
  const before = ["sma:20", "ema:20", "rsi:14", "macd", "vwap"].map((text) => {
    const spec = parseSpec(text);
    return spec && barsBefore(spec);
  });
  expect(before).toEqual([20, 160, 210, 280, 0]);
});
