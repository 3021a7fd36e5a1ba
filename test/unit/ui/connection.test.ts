import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LiveFrame, LiveTopics } from "#lib/contracts/views.ts";
import { Connection, type StreamHandlers } from "../../../app/_live/connection.ts";
import { ClockOffset } from "../../../app/_lib/clock.ts";
import { retryDelay } from "../../../app/_lib/retry.ts";

const TOPICS: LiveTopics = { quotes: "all", bars: [], prints: [] };
const frame = (connected = true): LiveFrame => ({
  serverTime: 1,
  quotes: [],
  bars: [],
  prints: [],
  alerts: [],
  connected,
});

function setUp() {
  const opened: { lastEventId: string | null; handlers: StreamHandlers; closed: boolean }[] = [];
  const frames: LiveFrame[] = [];
  const connection = new Connection(
    ({ lastEventId }, handlers) => {
      const stream = { lastEventId, handlers, closed: false };
      opened.push(stream);
      return () => {
        stream.closed = true;
      };
    },
    (one) => frames.push(one),
  );
  return { connection, opened, frames };
}

describe("the page's connection", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("comes back by itself with the last id, and tells that it was away", () => {
    const { connection, opened } = setUp();
    connection.show(TOPICS);
    opened[0]?.handlers.onOpen();
    opened[0]?.handlers.onFrame("7", frame());
    opened[0]?.handlers.onLost();
    expect([connection.status().state, opened[0]?.closed]).toEqual(["lost", true]);
    expect(connection.secondsLeft()).toBe(1);
    vi.advanceTimersByTime(1_100);
    expect([connection.status().state, opened[1]?.lastEventId]).toEqual(["connecting", "7"]);
    opened[1]?.handlers.onOpen();
    expect([connection.status().opened, connection.status().attempt]).toEqual([2, 0]);
  });

  test("can be tried at once, and only once at a time", () => {
    const { connection, opened } = setUp();
    connection.show(TOPICS);
    opened[0]?.handlers.onLost();
    connection.tryNow();
    connection.tryNow();
    vi.advanceTimersByTime(20_000);
    expect(opened.length).toBe(2);
  });

  test("what an ended stream still says is not heard", () => {
    const { connection, opened, frames } = setUp();
    connection.show(TOPICS);
    connection.show({ ...TOPICS, quotes: [] });
    opened[0]?.handlers.onFrame("1", frame());
    opened[0]?.handlers.onLost();
    expect([frames.length, connection.status().state]).toEqual([0, "connecting"]);
  });

  test("says when the server itself has lost the log", () => {
    const { connection, opened } = setUp();
    connection.show(TOPICS);
    opened[0]?.handlers.onFrame("1", frame(false));
    expect([connection.status().state, connection.status().upstream]).toEqual(["open", false]);
  });

  test("a page that needs nothing live has none", () => {
    const { connection, opened } = setUp();
    connection.show(TOPICS);
    connection.show(null);
    vi.advanceTimersByTime(60_000);
    expect([opened.length, opened[0]?.closed, connection.status().state]).toEqual([1, true, "idle"]);
  });

  test("waits longer from attempt to attempt, ten seconds at most", () => {
    expect([1, 2, 3, 4, 5, 99].map((attempt) => retryDelay(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
    expect(retryDelay(1, 0)).toBe(750);
  });
});

describe("the server's clock", () => {
  test("is taken from the message that was fastest", () => {
    const clock = new ClockOffset();
    expect(clock.offset).toBe(0);
    clock.add(1_000_000, 900);
    clock.add(1_200_000, 1_150);
    clock.add(1_400_000, 1_301);
    expect(clock.offset).toBe(100_000);
  });
});
