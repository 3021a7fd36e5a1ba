import { expect, test } from "vitest";
import { MAX_FRAME_BYTES, MAX_LINE_BYTES } from "#lib/contracts/ticks.ts";
import { DEAD, Frame, NOTHING, TRADE } from "#lib/engine/frame.ts";
import { parseFrame } from "#lib/engine/parse-frame.ts";
import { knownNames, WHOLE_LINE } from "./known-names.ts";

function kinds(value: Buffer | string): number[] {
  const frame = new Frame();
  parseFrame(frame, 0, Buffer.from(value), knownNames());
  return Array.from(frame.kind.subarray(0, frame.lines));
}

test("the parser of frames numbers lines as they are split, and lets the others live when one is bad", () => {
  expect(kinds(`${WHOLE_LINE}\nnonsense\n\n${WHOLE_LINE}`)).toEqual([TRADE, DEAD, NOTHING, TRADE]);
  expect(kinds(`${WHOLE_LINE}\r\n${WHOLE_LINE}\n`)).toEqual([TRADE, TRADE]);
  expect(kinds("")).toEqual([]);
});

test("the parser of frames cuts out the bytes of each line", () => {
  const frame = new Frame();
  const value = `nonsense\n${WHOLE_LINE}\n{"type":"other"}`;
  parseFrame(frame, 0, Buffer.from(value), knownNames());
  const lines = [0, 1, 2].map((line) => value.slice(frame.start[line], frame.end[line]));
  expect(lines).toEqual(value.split("\n"));
});

test("the parser of frames gives up a line and a frame that are too long", () => {
  const long = WHOLE_LINE.replace('"id":1', `"id":1,"venue":"${"x".repeat(MAX_LINE_BYTES)}"`);
  const frame = new Frame();
  parseFrame(frame, 0, Buffer.from(`${long}\n${WHOLE_LINE}`), knownNames());
  expect([...frame.verdicts].map(([line, { reason }]) => [line, reason])).toEqual([[0, "too-long"]]);
  parseFrame(frame, 0, Buffer.alloc(MAX_FRAME_BYTES + 1, `${WHOLE_LINE}\n`), knownNames());
  expect(frame.lines).toBe(1);
  expect(frame.verdicts.get(0)?.reason).toBe("too-long");
});

test("the parser of frames reads frames of more lines than it had room for", () => {
  expect(kinds(Array.from({ length: 1200 }, () => WHOLE_LINE).join("\n"))).toEqual(
    Array.from({ length: 1200 }, () => TRADE),
  );
});
