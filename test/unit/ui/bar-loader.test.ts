import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BarsPage } from "#lib/contracts/views.ts";
import { BarLoader, type FetchPage } from "../../../app/_chart/bar-loader.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { run } from "./bars.ts";

type Answer = Partial<BarsPage> | Error;

const UNADJUSTED: BarsPage["adjustment"] = { mode: "raw", steps: [], next: null };

function setUp(answers: Answer[]) {
  const asked: { to?: number; limit: number }[] = [];
  const fetchPage: FetchPage = (request) => {
    asked.push(request);
    const answer = answers.shift() ?? { bars: [], more: false };
    if (answer instanceof Error) return Promise.reject(answer);
    const page = { bars: [], adjustment: UNADJUSTED, more: false, settling: false, backfill: null };
    return Promise.resolve({ symbol: "SIM:A", interval: "1m", ...page, ...answer });
  };
  const series = new BarSeries();
  const loader = new BarLoader({ series, fetchPage, length: 10, describe: (error) => String(error) });
  return { loader, series, asked };
}

const backfill = (state: "fetching" | "failed", progress: number) => ({
  state,
  progress,
  bars: 0,
  reason: state === "failed" ? "HTTP 429" : null,
  from: 0,
  to: 100,
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("loading bars", () => {
  test("reads the newest page, then older ones, until there are none", async () => {
    const { loader, series, asked } = setUp([
      { bars: run(5, 10, 100), more: true },
      { bars: run(5, 10, 50), more: false },
    ]);
    loader.start();
    await settle();
    expect([loader.state().phase, series.length]).toEqual(["ready", 5]);
    loader.loadOlder();
    loader.loadOlder();
    await settle();
    expect([asked.length, asked[1]?.to, series.first, loader.state().older.state]).toEqual([2, 100, -5, "none"]);
    loader.loadOlder();
    expect(asked.length).toBe(2);
  });

  test("asks again while history is arriving, and shows how far it is", async () => {
    const { loader, series, asked } = setUp([
      { bars: [], more: true, backfill: backfill("fetching", 0.4) },
      { bars: run(3, 10), more: false },
    ]);
    loader.start();
    await settle();
    expect(loader.state().older).toEqual({ state: "arriving", progress: 0.4 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([asked.length, series.length, loader.state().older.state]).toEqual([2, 3, "none"]);
  });
});

test("a page whose bars were fetched just now is read again until all of them are stored, and keeps no hole", async () => {
  const { loader, series, asked } = setUp([
    { bars: [...run(2, 10, 0), ...run(1, 10, 60)], more: false, settling: true, backfill: backfill("failed", 0) },
    new Error("not now"),
    { bars: [...run(4, 10, 0), ...run(1, 10, 60)], more: false, settling: true },
    { bars: run(7, 10, 0), more: false },
  ]);
  loader.start();
  await settle();
  expect([loader.state().older.state, series.length]).toEqual(["failed", 3]);
  await vi.advanceTimersByTimeAsync(1_000 + 2_000);
  expect(series.length).toBe(5);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([series.length, asked.length]).toEqual([7, 4]);
});

describe("when something does not answer", () => {
  test("a source that fails is named, and can be asked again", async () => {
    const { loader } = setUp([
      { bars: run(3, 10), more: true, backfill: backfill("failed", 0.3) },
      { bars: [], more: false },
    ]);
    loader.start();
    await settle();
    expect(loader.state().older).toEqual({ state: "failed", reason: "HTTP 429" });
    loader.loadOlder();
    await settle();
    expect(loader.state().older.state).toBe("none");
  });

  test("a failed first read is tried again by itself", async () => {
    const { loader, series } = setUp([new Error("down"), { bars: run(2, 10), more: false }]);
    loader.start();
    await settle();
    expect(loader.state().phase).toBe("failed");
    await vi.advanceTimersByTimeAsync(4_000);
    expect([loader.state().phase, series.length]).toEqual(["ready", 2]);
  });
});

describe("what was missed", () => {
  test("after being away it reads what was missed and no more", async () => {
    const { loader, series, asked } = setUp([
      { bars: run(3, 10, 100), more: false },
      { bars: run(6, 10, 110), more: true },
    ]);
    loader.start();
    await settle();
    loader.catchUp(165);
    await settle();
    expect([asked[1], series.length, series.first]).toEqual([{ limit: 10 }, 7, 0]);
  });

  test("an absence longer than a page leaves no hole", async () => {
    const { loader, series, asked } = setUp([
      { bars: run(2, 10, 0), more: false },
      { bars: run(3, 10, 60), more: true },
      { bars: run(6, 10, 0), more: false },
    ]);
    loader.start();
    await settle();
    loader.catchUp(85);
    await settle();
    expect([asked[2]?.to, series.length, series.first, series.last]).toEqual([60, 9, 0, 8]);
  });

  test("skips empty stretches, but not for ever", async () => {
    const { loader, asked } = setUp([
      { bars: run(3, 10, 100_000), more: true },
      ...Array.from({ length: 20 }, () => ({ bars: [], more: true })),
    ]);
    loader.start();
    await settle();
    for (let i = 0; i < 20; i++) {
      loader.loadOlder();
      await settle();
    }
    expect([asked.length, asked[1]?.to, asked[2]?.to, loader.state().older.state]).toEqual([
      10,
      100_000,
      90_000,
      "none",
    ]);
  });
});

test("a page that is adjusted otherwise is not mixed with what is held: all is to be read again", async () => {
  const { loader, series } = setUp([
    { bars: run(5, 10, 100), more: true },
    { bars: run(5, 10, 50), more: true, adjustment: { ...UNADJUSTED, next: 1_000 } },
  ]);
  loader.start();
  await settle();
  expect(loader.state()).toMatchObject({ phase: "ready", outdated: false });
  loader.loadOlder();
  await settle();
  expect(loader.state().outdated).toBe(true);
  expect(series.length).toBe(5);
});
