import { expect, test } from "vitest";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { at, config, heartbeat, ready, records, SYMBOL, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

function complete(task: OneTask, interval: string, seconds: number): boolean | undefined {
  return task.bars().get(`${SYMBOL}|${interval}|${at(seconds)}`)?.complete;
}

function after(...frames: TickLine[][]): OneTask {
  return new OneTask().read(records([config()], ...frames));
}

test("nothing is complete before somebody has said from when on", () => {
  expect(complete(after([trade(0.5, 1)]), "1s", 0)).toBe(false);
  expect(complete(after([ready()], [trade(0.5, 1)]), "1s", 0)).toBe(false);
  expect(complete(after([ready(0)], [trade(0.5, 1)]), "1s", 0)).toBe(true);
});

test("a bar is complete when it begins after that, not when it ends after it", () => {
  const task = after([ready(30)], [trade(40, 1), trade(65, 2)]);
  expect(complete(task, "1s", 40)).toBe(true);
  expect(complete(task, "1m", 0)).toBe(false);
  expect(complete(task, "1m", 60)).toBe(true);
  expect(complete(task, "5m", 0)).toBe(false);
});

test("a hole among the ids makes the bars around it incomplete, and filling it makes them complete again", () => {
  const task = after([ready(0)], [trade(0.5, 1), trade(1.5, 2), trade(2.5, 4), trade(3.5, 5)]);
  expect([0, 1, 2, 3].map((second) => complete(task, "1s", second))).toEqual([true, false, false, true]);
  expect(complete(task, "1m", 0)).toBe(false);
  task.read(records([], [], [], [trade(2.1, 3)]).slice(3));
  expect([0, 1, 2, 3].map((second) => complete(task, "1s", second))).toEqual([true, true, true, true]);
  expect(complete(task, "1m", 0)).toBe(true);
});

test("a gap that nobody can fill moves the beginning, and what had begun before is incomplete", () => {
  const task = after(
    [ready(0)],
    [trade(10.5, 1), heartbeat(11)],
    [config(2)],
    [ready(100, { n: 2 })],
    [trade(101.5, 50), trade(130, 51)],
  );
  expect(complete(task, "1s", 10)).toBe(false);
  expect(complete(task, "1s", 101)).toBe(true);
  expect(complete(task, "1m", 60)).toBe(false);
  expect(complete(task, "1m", 120)).toBe(true);
  expect(task.told.filter(({ interval }) => interval === "1s").map((line) => [line.firing, line.complete])).toEqual([
    ["final", true],
    ["final", false],
  ]);
});

test("ticks that came before the ready of a gap that was not filled do not look like a hole", () => {
  const task = after([ready(0)], [trade(10.5, 1)], [config(2)], [trade(101.5, 50)], [ready(100, { n: 2 })]);
  expect(complete(task, "1s", 101)).toBe(true);
});

test("a gap that is filled leaves everything complete", () => {
  const task = after(
    [ready(0)],
    [trade(10.5, 1)],
    [config(2)],
    [trade(20.5, 2), trade(101.5, 3)],
    [ready(undefined, { n: 2 })],
  );
  expect([10, 20, 101].map((second) => complete(task, "1s", second))).toEqual([true, true, true]);
  expect(complete(task, "1h", 0)).toBe(true);
});
