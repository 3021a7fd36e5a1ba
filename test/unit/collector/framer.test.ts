import { beforeEach, describe, expect, test } from "vitest";
import { ChannelWriter } from "#lib/collector/channel-writer.ts";
import { Framer, PENDING_LIMIT_BYTES } from "#lib/collector/framer.ts";
import { MAX_FRAME_BYTES, MAX_LINE_BYTES } from "#lib/contracts/ticks.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { FakeLog, trade } from "./fixtures.ts";
import { ManualClock, settle } from "./manual-clock.ts";

const MILLISECOND = 1_000;
let clock: ManualClock;
let log: FakeLog;
let framer: Framer;

beforeEach(() => {
  clock = new ManualClock(1_000_000);
  log = new FakeLog();
  framer = new Framer({ producer: log, topic: "ticks", partitions: 2, clock });
});

const texts = (partition: number): string[] =>
  log.frames.filter((frame) => frame.partition === partition).map(({ value }) => value.toString());

describe("frames", () => {
  test("hold what comes within the linger of their first line, each partition its own", async () => {
    framer.add(0, "a");
    framer.add(1, "x");
    await clock.advance(4 * MILLISECOND);
    framer.add(0, "b");
    expect(log.frames).toEqual([]);
    await clock.advance(MILLISECOND);
    framer.add(0, "c");
    await clock.advance(5 * MILLISECOND);
    expect(texts(0)).toEqual(["a\nb", "c"]);
    expect(texts(1)).toEqual(["x"]);
  });

  test("are sent at once when they are full, by lines or by size", () => {
    for (let line = 0; line < 501; line += 1) framer.add(0, "tick");
    expect(texts(0).map((text) => text.split("\n").length)).toEqual([500]);
    for (let line = 0; line < 9; line += 1) framer.add(1, "y".repeat(MAX_LINE_BYTES));
    expect(texts(1).map((text) => text.split("\n").length)).toEqual([3, 3]);
    expect(Math.max(...log.frames.map(({ value }) => value.length))).toBeLessThan(MAX_FRAME_BYTES);
  });

  test("carry one line each when there is no linger", () => {
    const plain = new Framer({
      producer: log,
      topic: "ticks",
      partitions: 1,
      clock,
      limits: { linger: 0, lines: 1, characters: 1 },
    });
    plain.add(0, "a");
    plain.add(0, "b");
    expect(texts(0)).toEqual(["a", "b"]);
  });
});

describe("acknowledgement", () => {
  test("is awaited by position, and does not pass what is not sent yet", async () => {
    log.hold = true;
    const seen: string[] = [];
    framer.add(0, "a");
    framer.whenAcknowledged(0, framer.written(0), () => seen.push("a"));
    framer.flush();
    framer.add(0, "b");
    framer.whenAcknowledged(0, framer.written(0), () => seen.push("b"));
    log.deliver();
    await settle();
    expect(seen).toEqual(["a"]);
    framer.flush();
    log.deliver();
    await settle();
    expect(seen).toEqual(["a", "b"]);
    framer.whenAcknowledged(0, framer.written(0), () => seen.push("at once"));
    expect(seen).toEqual(["a", "b", "at once"]);
  });

  test("ends for good when the log refuses a frame", async () => {
    log.hold = true;
    framer.add(0, "a");
    framer.flush();
    log.refuse(new Error("too large"));
    await settle();
    framer.add(0, "b");
    framer.flush();
    log.deliver();
    let acknowledged = false;
    framer.whenAcknowledged(0, 1, () => (acknowledged = true));
    expect(await framer.failure).toEqual(new Error("too large"));
    await framer.drained();
    expect({ acknowledged, frames: log.frames }).toEqual({ acknowledged: false, frames: [] });
  });
});

test("there is room again only when the producer has caught up", async () => {
  log.extraPending = PENDING_LIMIT_BYTES + 1;
  let hasRoom = false;
  void framer.room(new AbortController().signal).then(() => (hasRoom = true));
  await clock.advance(100 * MILLISECOND);
  expect(hasRoom).toBe(false);
  log.extraPending = 0;
  await clock.advance(10 * MILLISECOND);
  expect(hasRoom).toBe(true);
});

describe("a channel's lines", () => {
  const [one, other] = ["SIM:AAA", "SIM:BBB"] as const;

  test("a heartbeat follows the acknowledgement of all that was written before it", async () => {
    const writer = new ChannelWriter(framer, "simulator-0");
    writer.begin(3, [one]);
    writer.tick(trade(one, 1, 900_000), 950_000);
    log.hold = true;
    framer.flush();
    writer.prove(940_000);
    await clock.advance(100 * MILLISECOND);
    expect(log.ofType("heartbeat")).toEqual([]);
    log.hold = false;
    log.deliver();
    await clock.advance(10 * MILLISECOND);
    const kinds = log.lines(partitionOf(one, 2)).map(({ type }) => type);
    expect(kinds).toEqual(["config", "trade", "heartbeat"]);
    expect(log.ofType("heartbeat")).toEqual([{ type: "heartbeat", channel: "simulator-0", time: 940_000, config: 3 }]);
  });

  test("heartbeats that wait are not written once they are void, or their configuration is over", async () => {
    const writer = new ChannelWriter(framer, "simulator-0");
    writer.begin(1, [one]);
    log.hold = true;
    writer.prove(1);
    writer.voidProofs();
    writer.prove(2);
    writer.begin(2, [one]);
    log.hold = false;
    framer.flush();
    await clock.advance(100 * MILLISECOND);
    expect(log.ofType("heartbeat")).toEqual([]);
  });

  test("while the log stands still, waiting heartbeats are replaced by newer ones", async () => {
    const writer = new ChannelWriter(framer, "simulator-0");
    writer.begin(1, [one]);
    log.hold = true;
    for (let second = 1; second <= 100; second += 1) {
      writer.prove(second);
      await clock.advance(10 * MILLISECOND);
    }
    log.hold = false;
    log.deliver();
    await clock.advance(100 * MILLISECOND);
    expect(log.ofType("heartbeat").map(({ time }) => time)).toEqual([1, 100]);
  });

  test("every partition hears of a configuration, those without its symbols too, and only those with symbols of its proofs", async () => {
    const writer = new ChannelWriter(framer, "simulator-0");
    expect(partitionOf(one, 2)).not.toBe(partitionOf(other, 2));
    writer.begin(1, [one, other]);
    writer.begin(2, [one]);
    writer.prove(5);
    await clock.advance(20 * MILLISECOND);
    const home = partitionOf(one, 2);
    const symbolsOf = (partition: number): string[][] =>
      log.lines(partition).flatMap((line) => (line.type === "config" ? [line.symbols] : []));
    expect(symbolsOf(home)).toEqual([[one], [one]]);
    expect(symbolsOf(1 - home)).toEqual([[other], []]);
    expect(log.lines(home).filter(({ type }) => type === "heartbeat")).toHaveLength(1);
    expect(log.lines(1 - home).filter(({ type }) => type === "heartbeat")).toHaveLength(0);
  });
});
