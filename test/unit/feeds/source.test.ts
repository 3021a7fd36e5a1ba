import { describe, expect, test } from "vitest";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { anyMicros, isoMicros } from "#lib/feeds/micros.ts";
import { RequestPace } from "#lib/feeds/source/request-pace.ts";
import { SourceClock } from "#lib/feeds/source/source-clock.ts";

const { signal } = new AbortController();

describe("requests to a source", () => {
  test("may come in a burst, then keep apart by their weight", async () => {
    const pace = new RequestPace("Somebody", 200, 30);
    const began = performance.now();
    for (const weight of [10, 10, 10, 10, 10]) await pace.turn(weight, signal);
    expect(performance.now() - began).toBeGreaterThanOrEqual(98);
  });

  test("wait no longer than their signal", async () => {
    const pace = new RequestPace("Somebody", 1, 1);
    await pace.turn(1, signal);
    await expect(pace.turn(1, AbortSignal.timeout(5))).rejects.toThrow(/abort/i);
  });
});

describe("a source's clock", () => {
  test("is known from below by the fastest message, and never claimed to be later", () => {
    const clock = new SourceClock();
    expect(clock.atLeast(0)).toBeNull();
    const ahead = 700_000;
    for (const [at, way] of [
      [0, 90_000],
      [SECOND, 20_000],
      [2 * SECOND, 400_000],
    ] as const) {
      clock.message(at + ahead, at + way);
    }
    expect(clock.atLeast(3 * SECOND)).toBe(3 * SECOND + ahead - 20_000);
    expect(clock.offset()).toBeNull();
    clock.trip(40_000);
    expect(clock.offset()).toBe(ahead);
  });

  test("that falls behind is followed within a minute", () => {
    const clock = new SourceClock();
    clock.message(SECOND, 0);
    for (let at = SECOND; at <= 2 * MINUTE; at += SECOND) clock.message(at, at);
    expect(clock.atLeast(0)).toBe(0);
  });
});

describe("times", () => {
  const AT = 1_700_000_000_000_000;

  test("are told apart by their size, and may be ISO with more digits than Date knows", () => {
    expect([1_700_000_000, 1_700_000_000_000, AT, "1700000000", "1700000000.000001"].map(anyMicros)).toEqual([
      AT,
      AT,
      AT,
      AT,
      AT + 1,
    ]);
    expect(isoMicros("2023-11-14T22:13:20.000001999Z")).toBe(AT + 1);
    expect(isoMicros("2023-11-15 00:13:20.5+02:00")).toBe(AT + 500_000);
    expect(isoMicros("2023-11-14T22:13:20")).toBe(AT);
  });

  test.each(["", "soon", "2023-13-01T00:00:00Z", -1, 1e18, null])("are not taken from %j", (value) => {
    expect(() => anyMicros(value)).toThrow(/time/);
  });
});
