import { array, assert, double, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { sizeBins } from "#lib/services/bars/size-bins.ts";
import { sizeDistribution } from "#lib/services/bars/sizes.ts";
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
        const bins = sizeBins(histogram([...sizes, 0]));
        expect(bins.length).toBeLessThanOrEqual(48);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(sizes.length);
        for (const [index, bin] of bins.entries()) expect(bin.from).toBe(bins[index - 1]?.to ?? bin.from);
        expect(bins[0]?.from).toBeLessThanOrEqual(Math.min(...sizes));
        expect((bins.at(-1)?.to ?? 0) * (1 + 1e-12)).toBeGreaterThanOrEqual(Math.max(...sizes));
      }),
    );
  });

  test("are none without a trade", () => {
    expect(sizeBins(histogram([]))).toEqual([]);
  });
});

const now = () => TODAY + 30 * DAY;

test("a distribution merges the fewest windows, and its bounds hold the exact percentile", async () => {
  const asked: string[] = [];
  const stored = new Map([
    ["1h", [1, 2, 3, 4]],
    ["1d", [100, 200, 300, 400, 500, 600]],
  ]);
  const sketches = async function* ({ interval, from, to }: { interval: string; from: number; to: number }) {
    asked.push(`${interval} ${(from - TODAY) / HOUR}–${(to - TODAY) / HOUR}`);
    const sizes = stored.get(interval) ?? [];
    const sketch = Buffer.from(histogram(sizes).encode()).toString("base64");
    yield [{ start: from, sketch, trades: sizes.length }];
  };
  const services = {
    bars: { sketches } as unknown as Services["bars"],
    directory: new TickerDirectory(fakeTickers(ticker()), now),
    now,
  };
  const range = { symbol: "SIM:AAPL", from: TODAY - HOUR + MINUTE / 2, to: TODAY + DAY - MINUTE / 2 };
  const distribution = await sizeDistribution(services, range);
  expect(asked).toEqual(["1h -1–0", "1d 0–24"]);
  expect(distribution).toMatchObject({ trades: 10, documents: 2, from: TODAY - HOUR, to: TODAY + DAY });
  const median = distribution.percentiles.find(({ percentile }) => percentile === 50)?.size;
  expect(median).toMatchObject({ confidence: 1, method: "exponential histogram, scale 5" });
  expect(median?.lower).toBeLessThan(100);
  expect(median?.upper).toBeGreaterThanOrEqual(100);
  expect(distribution.percentiles).toHaveLength(5);
});
