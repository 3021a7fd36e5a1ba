import { array, assert, double, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import type { SketchQuery, StoredSketch } from "#lib/contracts/stores.ts";
import type { Verification } from "#lib/contracts/views.ts";
import { ByteWriter } from "#lib/domain/sketches/bytes.ts";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { VolumeProfile } from "#lib/domain/sketches/volume-profile.ts";
import { writePart } from "#lib/domain/sketches/window-sketches.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { binsOf } from "#lib/services/distribution/bins.ts";
import { distributionRange, distributionRangeInput } from "#lib/services/distribution/range.ts";
import { verifyRange } from "#lib/services/distribution/verify.ts";
import type { Services } from "#lib/services/services.ts";
import { fakeTickers } from "./fake-stores.ts";
import { ticker, TODAY } from "./fixtures.ts";

function histogram(sizes: readonly number[]): ExponentialHistogram {
  const filled = new ExponentialHistogram();
  for (const size of sizes) filled.add(size);
  return filled;
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

function servicesOf(sketches: (query: SketchQuery) => StoredSketch[]) {
  const stored = async function* (query: SketchQuery) {
    yield sketches(query);
  };
  return {
    bars: { sketches: stored } as unknown as Services["bars"],
    directory: new TickerDirectory(fakeTickers(ticker()), now),
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

test("moves from minute to minute are those of minutes that follow each other", async () => {
  const bars = [0, 1, 3, 4].map((minute) => ({ start: TODAY + minute * MINUTE, close: 100 + minute }));
  const services = {
    ...servicesOf(() => []),
    bars: {
      scan: async function* () {
        yield bars;
      },
    } as unknown as Services["bars"],
  };
  const range = { symbols: ["SIM:AAPL"], from: TODAY, to: TODAY + HOUR, measure: "return" as const };
  expect(await distributionRange(services, range)).toMatchObject({ count: 2, documents: 4 });
  await expect(distributionRange(services, { ...range, to: TODAY + 40 * DAY })).rejects.toThrow("31 days");
});

test("the prices of several symbols are refused", () => {
  const input = { symbols: ["SIM:A", "SIM:B"], from: 0, to: 1, measure: "price" };
  expect(distributionRangeInput.safeParse(input).success).toBe(false);
  expect(distributionRangeInput.safeParse({ ...input, measure: "size" }).success).toBe(true);
});

describe("a verification", () => {
  const trades = [5, 7, 100, 7, 0].map((size, index) => ({ time: TODAY + index, price: 10 + index, size }));
  const lines = trades.map(({ time, price, size }, id) =>
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

  async function verified(
    measure: "size" | "notional" | "price",
    stored: readonly Traded[],
    start = 10,
  ): Promise<Verification[]> {
    const services = {
      ...servicesOf(({ from, part }) => [window(from, stored, part, 10)]),
      config: { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 1 },
      ticks: {
        topicEnds: () => Promise.resolve([{ partition: 0, start, end: 14 }]),
        readRange: async function* (_: string, __: number, from: number, to: number) {
          for (const record of log) if (record.offset >= from && record.offset < to) yield [record];
        },
      },
    };
    const input = { symbol: "SIM:AAPL", from: TODAY, to: TODAY + DAY, measure };
    const told: Verification[] = [];
    for await (const one of verifyRange(services, input, new AbortController().signal)) told.push(one);
    return told;
  }

  test.each(["size", "notional", "price"] as const)(
    "finds the same %s to the bit, each trade once",
    async (measure) => {
      const told = await verified(measure, trades);
      expect(told[0]).toEqual({ state: "reading", done: 0, total: 4 });
      expect(told.at(-1)).toMatchObject({ state: "done", same: true, records: 4, duplicates: 2 });
    },
  );

  test("says the exact percentiles", async () => {
    const result = (await verified("size", trades)).at(-1);
    const exact = result?.state === "done" ? result.percentiles.map((one) => one.exact) : [];
    expect(exact).toEqual([5, 7, 100, 100, 100]);
    const prices = (await verified("price", trades)).at(-1);
    expect(prices?.state === "done" && prices.percentiles[1]?.exact).toBe(12);
  });

  test("says what differs", async () => {
    expect((await verified("size", trades.slice(1))).at(-1)).toMatchObject({ same: false, stored: 4, exact: 5 });
  });

  test("says since when the log has it", async () => {
    expect(await verified("size", trades, 12)).toEqual([{ state: "gone", since: TODAY + 2000 }]);
  });
});
