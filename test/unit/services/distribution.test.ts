import { array, assert, double, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import type { ChartBar, SketchQuery, StoredSketch } from "#lib/contracts/stores.ts";
import type { Verification } from "#lib/contracts/distribution-views.ts";
import { ByteWriter } from "#lib/domain/sketches/bytes.ts";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { HyperLogLog } from "#lib/domain/sketches/hyper-log-log.ts";
import { VolumeProfile } from "#lib/domain/sketches/volume-profile.ts";
import { writePart } from "#lib/domain/sketches/window-sketches.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { binsOf } from "#lib/services/distribution/bins.ts";
import { coverageInterval } from "#lib/services/distribution/coverage.ts";
import { distributionRange, distributionRangeInput } from "#lib/services/distribution/range.ts";
import { SAMPLE_SIZE, sampleRange } from "#lib/services/distribution/sample.ts";
import { verifyRange } from "#lib/services/distribution/verify.ts";
import type { Services } from "#lib/services/services.ts";
import { fakeTickers } from "./fake-stores.ts";
import { builtBar, givenBar, ticker, TODAY } from "./fixtures.ts";
import { firstWindow, memory } from "./remembered.ts";

function histogram(sizes: readonly number[]): ExponentialHistogram {
  const filled = new ExponentialHistogram();
  for (const size of sizes) filled.add(size);
  return filled;
}

async function all<T>(told: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of told) list.push(one);
  return list;
}

describe("bins", () => {
  test("hold every trade that has a size, in at most 48 that follow each other", () => {
    const size = double({ min: 1e-6, max: 1e9, noNaN: true });
    assert(
      property(array(size, { minLength: 1, maxLength: 200 }), (sizes) => {
        const bins = binsOf(histogram([...sizes, 0]));
        expect(bins.length).toBeLessThanOrEqual(48);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(sizes.length);
        for (const [index, bin] of bins.entries()) expect(bin.from).toBe(bins[index - 1]?.to ?? bin.from);
        expect(bins[0]?.from).toBeLessThanOrEqual(Math.min(...sizes));
        expect((bins.at(-1)?.to ?? 0) * (1 + 1e-12)).toBeGreaterThanOrEqual(Math.max(...sizes));
      }),
    );
  });

  test("are none without a trade", () => {
    expect(binsOf(histogram([]))).toEqual([]);
  });
});

const now = () => TODAY + 30 * DAY;

interface Traded {
  time: number;
  price: number;
  size: number;
}

/** A stored window of these trades. */
function window(start: number, trades: readonly Traded[], part: SketchQuery["part"], offset = 0): StoredSketch {
  const profile = new VolumeProfile();
  for (const { price, size } of trades) profile.add(price, size);
  const writer = new ByteWriter();
  for (const [name, values] of [
    ["size", trades.map(({ size }) => size)],
    ["notional", trades.map(({ price, size }) => price * size)],
  ] as const) {
    const bytes = histogram(values).encode();
    writePart(writer, name, bytes, bytes.length);
  }
  const bytes = part === "profile" ? profile.encode() : writer.finish();
  return { start, encoded: Buffer.from(bytes).toString("base64"), firstOffset: offset, lastOffset: offset + 3 };
}

const sized = (sizes: readonly number[]): Traded[] => sizes.map((size) => ({ time: 0, price: 10, size }));

function servicesOf(sketches: (query: SketchQuery) => StoredSketch[], chart: ChartBar[] = []) {
  const stored = async function* (query: SketchQuery) {
    yield sketches(query);
  };
  return {
    bars: { sketches: stored, readChart: () => Promise.resolve(chart) } as unknown as Services["bars"],
    directory: new TickerDirectory(fakeTickers(ticker()), now),
    returns: { addTo: () => Promise.reject(new Error("no returns here")) } as unknown as Services["returns"],
    now,
  };
}

test("a distribution merges the fewest windows, and its bounds hold the exact percentile", async () => {
  const asked: string[] = [];
  const stored = new Map([
    ["1h", [1, 2, 3, 4]],
    ["1d", [100, 200, 300, 400, 500, 600]],
  ]);
  const services = servicesOf(({ interval, from, to, part }) => {
    asked.push(`${interval} ${(from - TODAY) / HOUR}–${(to - TODAY) / HOUR}`);
    return [window(from, sized(stored.get(interval) ?? []), part)];
  });
  const range = { symbols: ["SIM:AAPL"], from: TODAY - HOUR + MINUTE / 2, to: TODAY + DAY - MINUTE / 2 };
  const distribution = await distributionRange(services, { ...range, measure: "size" });
  expect(asked).toEqual(["1h -1–0", "1d 0–24"]);
  expect(distribution).toMatchObject({ count: 10, documents: 2, from: TODAY - HOUR, to: TODAY + DAY, profile: null });
  const median = distribution.percentiles.find(({ percentile }) => percentile === 50)?.estimate;
  expect(median).toMatchObject({ confidence: 1, method: "exponential histogram, scale 5", documents: 2 });
  expect(median?.lower).toBeLessThan(100);
  expect(median?.upper).toBeGreaterThanOrEqual(100);
  expect(distribution.percentiles).toHaveLength(5);
  expect(
    (await distributionRange(services, { ...range, measure: "notional" })).percentiles[0]?.estimate.upper,
  ).toBeGreaterThan(30);
});

test("prices are distributed by volume, with the point of control and the value area", async () => {
  const trades = [
    { time: 0, price: 99, size: 10 },
    { time: 0, price: 100, size: 80.5 },
    { time: 0, price: 101, size: 10 },
  ];
  const services = servicesOf(({ from, part }) => [window(from, trades, part)]);
  const range = { symbols: ["SIM:AAPL"], from: TODAY, to: TODAY + DAY, measure: "price" as const };
  const { count, profile, percentiles, bins } = await distributionRange(services, range);
  expect([count, bins]).toEqual([100.5, []]);
  expect(profile?.pointOfControl.lower).toBeLessThan(100);
  expect(profile?.pointOfControl.upper).toBeGreaterThanOrEqual(100);
  expect([profile?.first, profile?.last]).toEqual([profile?.control, profile?.control]);
  const median = percentiles.find(({ percentile }) => percentile === 50)?.estimate;
  expect(Math.abs((median?.value ?? 0) / 100 - 1)).toBeLessThan(0.0000424);
});

test("venues of hours and days are counted once each", async () => {
  const hours = [["XNAS", "ARCX"], ["XNAS"], []];
  const services = servicesOf(({ interval, from, to }) => {
    if (interval !== "1h") return [];
    return hours.slice((from - TODAY) / HOUR, (to - TODAY) / HOUR).map((names, hour) => {
      const venues = new HyperLogLog();
      for (const name of names) venues.addText(name);
      const writer = new ByteWriter();
      if (names.length > 0) writePart(writer, "venues", venues.encode(), venues.encode().length);
      const encoded = Buffer.from(writer.finish()).toString("base64");
      return { start: from + hour * HOUR, encoded, firstOffset: 0, lastOffset: 0 };
    });
  });
  const range = { symbols: ["SIM:AAPL"], from: TODAY, to: TODAY + 3 * HOUR };
  const { venues } = await distributionRange(services, { ...range, measure: "size" });
  expect(venues).toMatchObject({ value: 2, lower: 2, upper: 2, documents: 3 });
  expect((await distributionRange(services, { ...range, measure: "notional" })).venues).toBeNull();
  expect((await distributionRange(services, { ...range, to: TODAY + MINUTE, measure: "size" })).venues).toBeNull();
});

test("returns are read over 400 days at most", async () => {
  const returns = { addTo: () => Promise.resolve(7) } as unknown as Services["returns"];
  const services = { ...servicesOf(() => []), returns };
  const range = { symbols: ["SIM:AAPL"], from: TODAY, to: TODAY + HOUR, measure: "return" as const };
  expect(await distributionRange(services, range)).toMatchObject({ count: 0, documents: 7, coverage: null });
  await expect(distributionRange(services, { ...range, to: TODAY + 401 * DAY })).rejects.toThrow("400 days");
  const two = { ...range, symbols: ["SIM:AAPL", "SIM:B"], to: TODAY + 201 * DAY };
  await expect(distributionRange(services, two)).rejects.toThrow("400 days");
});

test("a range says how much of it is history of which no trade is known", async () => {
  const chart = [
    givenBar(0),
    givenBar(1),
    givenBar(2),
    builtBar(2, { complete: false }),
    builtBar(3, { complete: false }),
    givenBar(4),
    builtBar(4),
  ];
  const services = servicesOf(({ from, part }) => [window(from, sized([1]), part)], chart);
  const range = { symbols: ["SIM:AAPL"], from: TODAY, to: TODAY + 5 * MINUTE, measure: "size" as const };
  const { coverage } = await distributionRange(services, range);
  expect(coverage).toEqual({ interval: "1m", bars: 5, whole: 2, part: 1 });
});

test.each([
  [500 * MINUTE, "1m"],
  [501 * MINUTE, "5m"],
  [2 * DAY, "1h"],
  [365 * DAY, "1d"],
] as const)("how much of %i µs is covered is asked in few bars", (length, interval) => {
  expect(coverageInterval(TODAY, TODAY + length)).toBe(interval);
});

test("the prices of several symbols are refused", () => {
  const input = { symbols: ["SIM:A", "SIM:B"], from: 0, to: 1, measure: "price" };
  expect(distributionRangeInput.safeParse(input).success).toBe(false);
  expect(distributionRangeInput.safeParse({ ...input, measure: "size" }).success).toBe(true);
});

const logTrades = [5, 7, 100, 7, 0].map((size, index) => ({ time: TODAY + index, price: 10 + index, size }));
const lines = logTrades.map(({ time, price, size }, id) =>
  JSON.stringify({ type: "trade", symbol: "SIM:AAPL", time, receivedTime: time, price, size, id, channel: "c" }),
);
const other = JSON.stringify({
  type: "trade",
  symbol: "SIM:B",
  time: TODAY,
  receivedTime: TODAY,
  price: 1,
  size: 1,
  id: 0,
  channel: "c",
});
const log: LogRecord[] = [lines.slice(0, 3), [...lines.slice(1, 4), other], ["not a line"], lines.slice(4)].map(
  (frame, index) => ({ offset: 10 + index, timestamp: TODAY / 1000 + index, value: Buffer.from(frame.join("\n")) }),
);

function logged(stored: readonly Traded[], start = 10) {
  const { bars, ...services } = servicesOf(({ from, part }) => [window(from, stored, part, 10)]);
  return {
    ...services,
    bars: { ...bars, get: firstWindow } as unknown as Services["bars"],
    memory,
    config: { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 1 },
    ticks: {
      topicEnds: () => Promise.resolve([{ partition: 0, start, end: 14 }]),
      readRange: async function* (_: string, __: number, from: number, to: number) {
        for (const record of log) if (record.offset >= from && record.offset < to) yield [record];
      },
    },
  };
}

const asked = { symbol: "SIM:AAPL", from: TODAY, to: TODAY + DAY };
const { signal } = new AbortController();

function verified(
  measure: "size" | "notional" | "price",
  stored: readonly Traded[],
  start?: number,
): Promise<Verification[]> {
  return all(verifyRange(logged(stored, start), { ...asked, measure }, signal));
}

describe("a verification", () => {
  test.each(["size", "notional", "price"] as const)(
    "finds the same %s to the bit, each trade once",
    async (measure) => {
      const told = await verified(measure, logTrades);
      expect(told[0]).toEqual({ state: "reading", done: 0, total: 4 });
      expect(told.at(-1)).toMatchObject({ state: "done", same: true, records: 4, duplicates: 2 });
    },
  );

  test("says the exact percentiles", async () => {
    const result = (await verified("size", logTrades)).at(-1);
    const exact = result?.state === "done" ? result.percentiles.map((one) => one.exact) : [];
    expect(exact).toEqual([5, 7, 100, 100, 100]);
    const prices = (await verified("price", logTrades)).at(-1);
    expect(prices?.state === "done" && prices.percentiles[1]?.exact).toBe(12);
  });

  test("says what differs", async () => {
    expect((await verified("size", logTrades.slice(1))).at(-1)).toMatchObject({ same: false, stored: 4, exact: 5 });
  });

  test("says since when the log has it", async () => {
    expect(await verified("size", logTrades, 12)).toEqual([{ state: "gone", since: TODAY + 2000 }]);
  });
});

describe("a sample", () => {
  test("is all trades where they are few, each with its place", async () => {
    const told = await all(sampleRange(logged(logTrades), { ...asked, seed: 1 }, signal));
    const last = told.at(-1);
    if (last?.state !== "done") throw new Error("no sample");
    expect(told[0]).toEqual({ state: "reading", done: 0, total: 4 });
    expect([last.of, last.records]).toEqual([5, 4]);
    expect(last.trades.map(({ size, offset, line }) => [size, offset, line])).toEqual([
      [5, 10, 0],
      [7, 10, 1],
      [100, 10, 2],
      [7, 11, 2],
      [0, 13, 0],
    ]);
  });

  test("is the same for the same seed, and another for another", async () => {
    const many = Array.from({ length: 5000 }, (_, id) =>
      JSON.stringify({
        type: "trade",
        symbol: "SIM:AAPL",
        time: TODAY + id,
        receivedTime: TODAY + id,
        price: 10,
        size: id,
        id,
        side: id % 2 === 0 ? "buy" : "sell",
        venue: `V${id % 3}`,
        conditions: ["I"],
        channel: "c",
      }),
    );
    const record = { offset: 10, timestamp: 0, value: Buffer.from(many.slice(0, 1000).join("\n")) };
    const services = logged(logTrades);
    services.ticks.readRange = async function* () {
      for (let at = 0; at < 5000; at += 1000)
        yield [{ ...record, value: Buffer.from(many.slice(at, at + 1000).join("\n")) }];
    };
    const drawn = async (seed: number) => {
      const last = (await all(sampleRange(services, { ...asked, seed }, signal))).at(-1);
      if (last?.state !== "done") throw new Error("no sample");
      return last;
    };
    const first = await drawn(7);
    expect([first.of, first.trades.length]).toEqual([5000, SAMPLE_SIZE]);
    expect(await drawn(7)).toEqual(first);
    expect((await drawn(8)).trades).not.toEqual(first.trades);
    for (const { size, side, venue, conditions } of first.trades) {
      expect([side, venue, conditions]).toEqual([size % 2 === 0 ? "buy" : "sell", `V${size % 3}`, ["I"]]);
    }
    const sizes = first.trades.map(({ size }) => size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(Math.abs(sizes.reduce((sum, size) => sum + size, 0) / SAMPLE_SIZE - 2500)).toBeLessThan(500);
  });

  test("says since when the log has the range", async () => {
    const told = await all(sampleRange(logged(logTrades, 12), { ...asked, seed: 1 }, signal));
    expect(told).toEqual([{ state: "gone", since: TODAY + 2000 }]);
  });
});
