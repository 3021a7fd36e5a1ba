import { describe, expect, test, vi } from "vitest";
import type { BarReader } from "#lib/contracts/stores.ts";
import { DAY, HOUR, MINUTE, type Micros } from "#lib/domain/interval.ts";
import { Sparklines } from "#lib/services/market/sparklines.ts";
import { TODAY } from "./fixtures.ts";

type Series = { start: Micros; close: number }[];

function open({ fives = [] as Series, minutes = [] as Series, now = TODAY + HOUR } = {}) {
  const clock = { now };
  const stored: Record<string, Series> = { "5m": fives, "1m": minutes };
  const reads = vi.fn<BarReader["closes"]>((_symbols, interval, from) => {
    const wanted = (stored[interval] ?? []).filter(({ start }) => {
      return typeof from === "number" ? start >= from : from.includes(start);
    });
    return Promise.resolve(new Map([["SIM:AAPL", wanted]]));
  });
  return { clock, reads, sparklines: new Sparklines({ closes: reads }, () => clock.now) };
}

const every = (step: Micros, count: number): Series =>
  Array.from({ length: count }, (_, index) => ({ start: TODAY + index * step, close: index }));
const WANTED = [
  { symbol: "SIM:AAPL", calendar: "utc" as const, day: TODAY, ended: false },
  { symbol: "SIM:MSFT", calendar: "utc" as const, day: TODAY, ended: false },
];

describe("the course of a day", () => {
  test("is the closes of its 5m bars, with one request for all symbols", async () => {
    const { reads, sparklines } = open({ fives: every(5 * MINUTE, 12) });
    await sparklines.refresh(WANTED.slice(0, 1));
    expect(sparklines.of("SIM:AAPL")).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(reads.mock.calls).toEqual([[["SIM:AAPL"], "5m", TODAY]]);
    expect(sparklines.of("SIM:MSFT")).toEqual([]);
  });

  test("is read again after a minute, without keeping anybody waiting", async () => {
    const { clock, reads, sparklines } = open({ fives: every(5 * MINUTE, 12) });
    await sparklines.refresh(WANTED.slice(0, 1));
    await sparklines.refresh(WANTED.slice(0, 1));
    expect(reads).toHaveBeenCalledTimes(1);
    clock.now += MINUTE;
    reads.mockReturnValue(new Promise(() => undefined));
    await sparklines.refresh(WANTED.slice(0, 1));
    expect(reads).toHaveBeenCalledTimes(2);
    expect(sparklines.of("SIM:AAPL")).toHaveLength(12);
  });

  test("is what the minutes say where 5m bars lack", async () => {
    const { sparklines } = open({ fives: [{ start: TODAY + 55 * MINUTE, close: 1_000 }], minutes: every(MINUTE, 58) });
    await sparklines.refresh(WANTED);
    expect(sparklines.of("SIM:AAPL")).toEqual([4, 9, 14, 19, 24, 29, 34, 39, 44, 49, 54, 1_000]);
  });

  test("asks for minutes ever less often", async () => {
    const { clock, reads, sparklines } = open();
    const asked: number[] = [];
    for (let minute = 0; minute < 20; minute += 1) {
      clock.now = TODAY + HOUR + minute * MINUTE;
      reads.mockClear();
      await sparklines.refresh(WANTED);
      await new Promise(setImmediate);
      if (reads.mock.calls.some(([, interval]) => interval === "1m")) asked.push(minute);
    }
    expect(asked).toEqual([0, 1, 3, 7, 15]);
  });

  test("of a recording leaves out what came after it", async () => {
    const { sparklines } = open({
      fives: [
        { start: TODAY, close: 1 },
        { start: TODAY + DAY, close: 2 },
      ],
      now: TODAY + 9 * DAY,
    });
    await sparklines.refresh([{ symbol: "SIM:AAPL", calendar: "utc" as const, day: TODAY, ended: true }]);
    expect(sparklines.of("SIM:AAPL")).toEqual([1]);
  });
});
