import { expect, test } from "vitest";
import { MAX_FRAME_BYTES, MAX_LINE_BYTES } from "#lib/contracts/ticks.ts";
import { DEAD, Frame, NOTHING, TRADE } from "#lib/engine/frame.ts";
import { parseFrame } from "#lib/engine/parse-frame.ts";
import { CHANNEL, knownNames, SYMBOL } from "./known-names.ts";

const good = JSON.stringify({
  type: "trade",
  symbol: SYMBOL,
  time: 1,
  receivedTime: 1,
  price: 1,
  size: 1,
  id: 1,
  channel: CHANNEL,
});

function kinds(value: Buffer | string): number[] {
  const frame = new Frame();
  parseFrame(frame, 0, Buffer.from(value), knownNames());
  return Array.from(frame.kind.subarray(0, frame.lines));
}

test("the parser of frames numbers lines as they are split, and lets the others live when one is bad", () => {
  expect(kinds(`${good}\nnonsense\n\n${good}`)).toEqual([TRADE, DEAD, NOTHING, TRADE]);
  expect(kinds(`${good}\r\n${good}\n`)).toEqual([TRADE, TRADE]);
  expect(kinds("")).toEqual([]);
});

test("the parser of frames cuts out the bytes of each line", () => {
  const frame = new Frame();
  const value = `nonsense\n${good}\n{"type":"other"}`;
  parseFrame(frame, 0, Buffer.from(value), knownNames());
  const lines = [0, 1, 2].map((line) => value.slice(frame.start[line], frame.end[line]));
  expect(lines).toEqual(value.split("\n"));
});

test("the parser of frames gives up a line and a frame that are too long", () => {
  const long = good.replace('"id":1', `"id":1,"venue":"${"x".repeat(MAX_LINE_BYTES)}"`);
  const frame = new Frame();
  parseFrame(frame, 0, Buffer.from(`${long}\n${good}`), knownNames());
  expect([...frame.verdicts].map(([line, { reason }]) => [line, reason])).toEqual([[0, "too-long"]]);
  parseFrame(frame, 0, Buffer.alloc(MAX_FRAME_BYTES + 1, `${good}\n`), knownNames());
  expect(frame.lines).toBe(1);
  expect(frame.verdicts.get(0)?.reason).toBe("too-long");
});

test("the parser of frames reads frames of more lines than it had room for", () => {
  expect(kinds(Array.from({ length: 1200 }, () => good).join("\n"))).toEqual(Array.from({ length: 1200 }, () => TRADE));
});
