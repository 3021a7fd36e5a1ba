import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { LogRecord, PartitionTask } from "#lib/contracts/log.ts";
import { PartitionRunner } from "#lib/kafka/partition-runner.ts";

const record = (offset: number, bytes = 10): LogRecord => ({ offset, timestamp: 0, value: Buffer.alloc(bytes) });
const range = () => Promise.resolve({ partition: 0, start: 0, end: 100 });

/** A task that writes down what is called on it, and notices when two calls overlap. */
class Witness implements PartitionTask {
  readonly calls: string[] = [];
  readonly offsets: number[] = [];
  failOn: string | null = null;
  #busy = false;

  open(): Promise<number> {
    return this.#call("open", 7);
  }

  process(records: readonly LogRecord[]): Promise<void> {
    this.offsets.push(...records.map(({ offset }) => offset));
    return this.#call("process", undefined);
  }

  idle(): Promise<void> {
    return this.#call("idle", undefined);
  }

  close(last: boolean): Promise<void> {
    return this.#call(`close ${last}`, undefined);
  }

  async #call<T>(name: string, result: T): Promise<T> {
    this.calls.push(this.#busy ? `${name} overlaps` : name);
    this.#busy = true;
    await sleep(3);
    this.#busy = false;
    if (this.failOn === name) throw new Error(name);
    return result;
  }
}

function run(task: PartitionTask): { runner: PartitionRunner; events: string[] } {
  const events: string[] = [];
  const runner = new PartitionRunner(task, {
    opened: (position) => events.push(`opened ${position}`),
    pause: () => events.push("pause"),
    resume: () => events.push("resume"),
    failed: (error) => events.push(`failed ${String(error)}`),
  });
  runner.start(range);
  return { runner, events };
}

test("a task is opened, fed in order, called when idle, and closed, never two at a time", async () => {
  const task = new Witness();
  const { runner, events } = run(task);
  await sleep(20);
  runner.push([record(7), record(8)], 100);
  runner.push([record(9)], 100);
  await sleep(80);
  await runner.close(true);
  expect(events).toEqual(["opened 7"]);
  expect(task.offsets).toEqual([7, 8, 9]);
  expect(task.calls[0]).toBe("open");
  expect(task.calls.at(-1)).toBe("close true");
  expect(task.calls.filter((name) => name === "idle").length).toBeGreaterThanOrEqual(2);
  expect(task.calls.filter((name) => name.endsWith("overlaps"))).toEqual([]);
});

test("idle is called while records keep coming", async () => {
  const task = new Witness();
  const { runner } = run(task);
  for (let offset = 7; offset < 47; offset += 1) {
    runner.push([record(offset)], 100);
    await sleep(3);
  }
  await runner.close(false);
  expect(task.calls.filter((name) => name === "idle").length).toBeGreaterThanOrEqual(3);
});

test("a partition is paused while much waits, and read on when it has drained", async () => {
  const task = new Witness();
  const { runner, events } = run(task);
  await sleep(10);
  const large = Array.from({ length: 70 }, (_, index) => record(7 + index, 100_000));
  runner.push(large, 100);
  expect(events).toEqual(["opened 7", "pause"]);
  await sleep(300);
  expect(events).toEqual(["opened 7", "pause", "resume"]);
  await runner.close(false);
  expect(task.offsets).toHaveLength(70);
});

test("a task that threw is reported and never called again", async () => {
  const task = new Witness();
  task.failOn = "process";
  const { runner, events } = run(task);
  await sleep(10);
  runner.push([record(7)], 100);
  await sleep(60);
  runner.push([record(8)], 100);
  await runner.close(false);
  expect(events.at(-1)).toBe("failed Error: process");
  expect(task.calls.filter((name) => name !== "idle")).toEqual(["open", "process"]);
});

test("closing during open waits for it and feeds nothing", async () => {
  const task = new Witness();
  const { runner, events } = run(task);
  await runner.close(false);
  expect(task.calls).toEqual(["open", "close false"]);
  expect(events).toEqual([]);
});
