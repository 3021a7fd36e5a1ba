import { expect, test } from "vitest";
import { editDistance } from "#infra/edit-distance.ts";
import { forTerminal } from "#infra/log-lines.ts";

test.each([
  ["port", "port", 0],
  ["prot", "port", 1],
  ["prt", "port", 1],
  ["", "port", 4],
  ["rate", "seed", 4],
])("%j is %j after %s changes", (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance);
  expect(editDistance(other, one)).toBe(distance);
});

test("a log line becomes one line for a person", () => {
  const line = '{"level":"info","time":"2026-01-02T03:04:05.678Z","pid":7,"name":"x","rate":12,"msg":"live"}';
  expect(forTerminal("ingest", line)).toBe("03:04:05 ingest  live rate=12");
});

test("an error stands out and says its cause", () => {
  const line = '{"level":"error","time":"2026-01-02T03:04:05.678Z","err":{"message":"refused"},"msg":"no broker"}';
  expect(forTerminal("web", line)).toBe("\u001B[31m03:04:05 web  no broker: refused\u001B[0m");
});

test("whatever is no log line is not shown as one", () => {
  expect(forTerminal("web", "Segmentation fault")).toBeNull();
  expect(forTerminal("web", '{"a":1}')).toBeNull();
});
