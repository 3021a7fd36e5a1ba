import { describe, expect, test, vi } from "vitest";
import type { BarReader } from "#lib/contracts/stores.ts";
import { type CorporateAction, dayOf } from "#lib/domain/adjustment/action.ts";
import { DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { DailyReference } from "#lib/services/market/daily-reference.ts";
import { builtBar, givenBar, TODAY } from "./fixtures.ts";

function open(read: BarReader["readChart"], actions: readonly CorporateAction[] = []) {
  const clock = { now: TODAY };
  const reads = vi.fn<BarReader["readChart"]>(read);
  return {
    clock,
    reads,
    daily: new DailyReference(
      { readChart: reads },
      () => clock.now,
      () => actions,
    ),
  };
}

const APPLE = [{ symbol: "SIM:AAPL", calendar: "utc" as const, day: TODAY, ended: false }];
const split = (at: number, newShares: number): CorporateAction => {
  return { kind: "split", day: dayOf(at), newShares, oldShares: 1 };
};
const NONE = () => Promise.resolve([]);

describe("the previous close", () => {
  test("is that of the newest day before, built where complete, else given", async () => {
    const yesterday = { interval: "1d", start: TODAY - DAY } as const;
    const rows = [
      builtBar(0, { ...yesterday, complete: false }),
      givenBar(0, { ...yesterday, close: 77 }),
      givenBar(0, { interval: "1d", start: TODAY - 3 * DAY, close: 66 }),
    ];
    const { daily, reads } = open(() => Promise.resolve(rows));
    expect(await daily.refreshCloses(APPLE)).toEqual(["SIM:AAPL"]);
    expect(daily.previousClose("SIM:AAPL", TODAY)).toBe(77);
    expect(reads).toHaveBeenCalledWith(
      expect.objectContaining({ symbol: "SIM:AAPL", interval: "1d", to: TODAY, order: "descending" }),
    );
  });

  test("is read once a day", async () => {
    const { daily, reads } = open(() => Promise.resolve([givenBar(0, { interval: "1d", start: TODAY - DAY })]));
    await daily.refreshCloses(APPLE);
    await daily.refreshCloses(APPLE);
    expect(reads).toHaveBeenCalledTimes(1);
    expect(daily.previousClose("SIM:AAPL", TODAY + DAY)).toBeNull();
    await daily.refreshCloses([{ symbol: "SIM:AAPL", calendar: "utc" as const, day: TODAY + DAY, ended: false }]);
    expect(reads).toHaveBeenCalledTimes(2);
  });

  test("of a day that lacks trades is looked for again, and replaced by what the source gave", async () => {
    const yesterday = { interval: "1d", start: TODAY - DAY } as const;
    let rows = [builtBar(0, { ...yesterday, close: 70, complete: false })] as Awaited<
      ReturnType<BarReader["readChart"]>
    >;
    const { clock, daily } = open(() => Promise.resolve(rows));
    expect(await daily.refreshCloses(APPLE)).toEqual(["SIM:AAPL"]);
    expect(daily.previousClose("SIM:AAPL", TODAY)).toBe(70);
    rows = [...rows, givenBar(0, { ...yesterday, close: 77 })];
    clock.now += 5 * SECOND;
    expect(await daily.refreshCloses(APPLE)).toEqual(["SIM:AAPL"]);
    expect(daily.previousClose("SIM:AAPL", TODAY)).toBe(77);
  });

  test("that is not there is looked for again, ever less often", async () => {
    const { clock, daily, reads } = open(NONE);
    const times: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      clock.now = TODAY + second * SECOND;
      const before = reads.mock.calls.length;
      expect(await daily.refreshCloses(APPLE)).toEqual([]);
      if (reads.mock.calls.length > before) times.push(second);
    }
    expect(times).toEqual([0, 5, 15, 35]);
    expect(daily.previousClose("SIM:AAPL", TODAY)).toBeNull();
  });
});

test("the previous close of a stock is looked for again only where it is older than the session before, over a weekend too", async () => {
  const monday = Date.parse("2026-11-23T14:30Z") * 1_000;
  const wanted = [{ symbol: "SIM:AAPL", calendar: "us-equities" as const, day: monday, ended: false }];
  const friday = givenBar(0, { interval: "1d", start: Date.parse("2026-11-20T14:30Z") * 1_000 });
  const { clock, daily, reads } = open(() => Promise.resolve([friday]));
  await daily.refreshCloses(wanted);
  clock.now += MINUTE;
  await daily.refreshCloses(wanted);
  expect(reads).toHaveBeenCalledTimes(1);
  expect(reads).toHaveBeenCalledWith(expect.objectContaining({ session: "regular" }));
});

test("a day that has ended is read once its bar is final", async () => {
  let final = false;
  const { clock, daily, reads } = open(() => Promise.resolve([builtBar(0, { interval: "1d", close: 7, final })]));
  const ended = [{ symbol: "SIM:AAPL", calendar: "utc" as const, day: TODAY, ended: true }];
  await daily.refreshCloses(ended);
  expect(daily.endedDay("SIM:AAPL", TODAY)).toBeNull();
  final = true;
  clock.now += MINUTE;
  expect(await daily.refreshCloses(ended)).toEqual(["SIM:AAPL"]);
  expect(daily.endedDay("SIM:AAPL", TODAY)).toMatchObject({ open: 100, high: 110, volume: 10, trades: 3 });
  expect(daily.previousClose("SIM:AAPL", TODAY)).toBeNull();
  expect(reads).toHaveBeenLastCalledWith(expect.objectContaining({ to: TODAY + 1, session: "regular" }));
});

describe("after a split", () => {
  test("the previous close is in the shares of today: a split of the day or since the close changes it, a dividend and a later split do not", async () => {
    const close = givenBar(0, { interval: "1d", start: TODAY - 3 * DAY, close: 90 });
    const { daily } = open(
      () => Promise.resolve([close]),
      [
        split(TODAY - 3 * DAY, 7),
        split(TODAY - DAY, 2),
        split(TODAY, 3),
        { kind: "dividend", day: dayOf(TODAY), amount: 1 },
        split(TODAY + DAY, 5),
      ],
    );
    await daily.refreshCloses(APPLE);
    expect(daily.previousClose("SIM:AAPL", TODAY)).toBe(15);
  });
});
