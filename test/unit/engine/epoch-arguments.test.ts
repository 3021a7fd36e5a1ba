import { expect, test } from "vitest";
import { parseEpochArguments } from "#lib/engine/epoch-arguments.ts";

const NOW = 1_800_000_000_000_000;

test.each([
  [[], { at: { kind: "end" }, from: NOW }],
  [["--at", "end"], { at: { kind: "end" }, from: NOW }],
  [["--at", "start"], { at: { kind: "start" }, from: 0 }],
  [
    ["--at", "2026-01-05T14:30:00Z"],
    { at: { kind: "time", milliseconds: 1_767_623_400_000 }, from: 1_767_623_400_000_000 },
  ],
  [["--from", "1970-01-01T00:00:00Z"], { at: { kind: "end" }, from: 0 }],
  [["--help"], null],
])("%j asks for %j", (argv, wanted) => {
  expect(parseEpochArguments(argv, NOW)).toEqual(wanted);
});

test.each([["--at", "noon"], ["--from", "5"], ["--until", "x"], ["extra"]])("refuses %s %s", (...argv) => {
  expect(() => parseEpochArguments(argv, NOW)).toThrow("npm run epoch");
});
