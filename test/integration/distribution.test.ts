import { afterAll, beforeAll, expect, test } from "vitest";
import { elasticsearchUrl } from "#lib/config/config.ts";
import type { WriteItem } from "#lib/contracts/engine-store.ts";
import type { Bar } from "#lib/contracts/bars.ts";
import { DAY, HOUR, INTERVAL_LENGTH, MINUTE } from "#lib/domain/interval.ts";
import { ByteWriter } from "#lib/domain/sketches/bytes.ts";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { VolumeProfile } from "#lib/domain/sketches/volume-profile.ts";
import { writePart } from "#lib/domain/sketches/window-sketches.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { mergeRange } from "#lib/services/distribution/merge.ts";
import { distributionRange } from "#lib/services/distribution/range.ts";
import { ReturnSketches } from "#lib/services/distribution/return-sketches.ts";
import type { Services } from "#lib/services/services.ts";
import { seeded } from "#test/simulation/random.ts";
import { engineConfig } from "#test/support/engines.ts";
import { givenItem, windowDocument, windowItem } from "#test/support/stored-bars.ts";
import { ticker } from "#test/unit/services/fixtures.ts";

const config = engineConfig({ TAPEDECK_LOG_LEVEL: "error" });
const store = createElasticsearch(config);
const SYMBOL = "SIM:YEAR";
const BEGIN = Date.UTC(2025, 0, 1) * 1000;
/** Trades of a window in this test. */
const TRADES = { "1d": 5000, "1h": 300, "1m": 20 };

beforeAll(async () => {
  await store.createIndices();
});
afterAll(() => store.close());

let price = 200;
const random = seeded(5);
const all = { sizes: new ExponentialHistogram(), prices: new VolumeProfile() };

function text(encoded: Uint8Array): string {
  return Buffer.from(encoded).toString("base64");
}

function item(interval: keyof typeof TRADES, start: number): WriteItem {
  const [sizes, prices] = [new ExponentialHistogram(), new VolumeProfile()];
  for (let trade = 0; trade < TRADES[interval]; trade++) {
    price *= 1 + (random.next() - 0.5) * 0.0006;
    const at = Math.round(price * 100) / 100;
    const size = 1 + random.below(500);
    sizes.add(size);
    prices.add(at, size);
  }
  all.sizes.merge(sizes);
  all.prices.merge(prices);
  const writer = new ByteWriter();
  const bytes = sizes.encode();
  writePart(writer, "size", bytes, bytes.length);
  return windowItem(
    windowDocument(SYMBOL, start, {
      interval: interval satisfies Bar["interval"],
      end: start + INTERVAL_LENGTH[interval],
      sketch: text(writer.finish()),
      profile: text(prices.encode()),
    }),
  );
}

function servicesOf(symbol: string) {
  return {
    bars: store.bars,
    directory: {
      get: () => Promise.resolve({ ticker: ticker({ symbol }), version: "1" }),
    } as unknown as Services["directory"],
    returns: new ReturnSketches(store.bars),
    now: () => Date.now() * 1000,
  };
}

async function refresh(): Promise<void> {
  await fetch(`${elasticsearchUrl(config)}/${config.TAPEDECK_NAMESPACE}-*/_refresh`, { method: "POST" });
}

test("a year is merged from at most 500 documents, to the bit what its trades give", async () => {
  const items: WriteItem[] = [];
  // 40 minutes, 23 hours, 363 days, 23 hours, 20 minutes.
  for (let start = BEGIN + 20 * MINUTE; start < BEGIN + HOUR; start += MINUTE) items.push(item("1m", start));
  for (let start = BEGIN + HOUR; start < BEGIN + DAY; start += HOUR) items.push(item("1h", start));
  for (let start = BEGIN + DAY; start < BEGIN + 364 * DAY; start += DAY) items.push(item("1d", start));
  for (let start = BEGIN + 364 * DAY; start < BEGIN + 364 * DAY + 23 * HOUR; start += HOUR)
    items.push(item("1h", start));
  const last = BEGIN + 364 * DAY + 23 * HOUR;
  for (let start = last; start < last + 20 * MINUTE; start += MINUTE) items.push(item("1m", start));
  await store.engineStore.write(items);
  await refresh();
  const services = servicesOf(SYMBOL);
  const range = { symbols: [SYMBOL], from: BEGIN + 20 * MINUTE, to: last + 20 * MINUTE };
  for (const measure of ["size", "price"] as const) {
    const times: number[] = [];
    let answer = await distributionRange(services, { ...range, measure });
    for (let turn = 0; turn < 15; turn++) {
      const begin = performance.now();
      answer = await distributionRange(services, { ...range, measure });
      times.push(performance.now() - begin);
    }
    const sorted = times.toSorted((a, b) => a - b);
    console.log(
      `a year of ${measure}: ${answer.documents} documents, ${sorted[7]?.toFixed(1)} ms (median of 15), least ${sorted[0]?.toFixed(1)}`,
    );
    expect(answer.documents).toBe(items.length);
    expect(answer.documents).toBeLessThanOrEqual(500);
    const total = all.prices.buckets().reduce((sum, { volume }) => sum + volume, 0);
    expect(answer.count).toBe(measure === "size" ? all.sizes.count : total);
    expect(answer.percentiles).toHaveLength(5);
  }
});

test("returns are those of the minutes, built and given, and seen anew when one of them is corrected", async () => {
  const symbol = "SIM:MINUTES";
  const days = 9;
  const closes: number[] = [];
  const minute = (index: number, close: number, position: number): WriteItem => {
    const start = BEGIN + index * MINUTE;
    if (index % 100 === 50) return givenItem(symbol, start, { close });
    return windowItem(windowDocument(symbol, start, { end: start + MINUTE, close, position }));
  };
  for (let day = 0; day < days; day++) {
    const items: WriteItem[] = [];
    for (let index = day * 1440; index < (day + 1) * 1440; index++) {
      closes[index] = Math.round(10_000 * (1 + 0.01 * random.next())) / 100;
      items.push(minute(index, closes[index] ?? 0, 5));
    }
    await store.engineStore.write(items);
  }
  await refresh();
  const services = servicesOf(symbol);
  const range = { symbols: [symbol], from: BEGIN, to: BEGIN + days * DAY, measure: "return" as const };
  const exact = (): ExponentialHistogram => {
    const histogram = new ExponentialHistogram();
    for (const [index, close] of closes.entries()) {
      const before = closes[index - 1];
      if (before !== undefined) histogram.add(Math.abs(close / before - 1));
    }
    return histogram;
  };
  const asked = async (): Promise<number> => {
    const begin = performance.now();
    const { histogram } = await mergeRange(services, range);
    const took = performance.now() - begin;
    expect(histogram.encode()).toEqual(exact().encode());
    return took;
  };
  const first = await asked();
  const again: number[] = [];
  for (let turn = 0; turn < 9; turn++) again.push(await asked());
  closes[2 * 1440 - 1] = 500;
  await store.engineStore.write([minute(2 * 1440 - 1, 500, 6)]);
  await refresh();
  const corrected = await asked();
  const median = again.toSorted((a, b) => a - b)[4];
  console.log(
    `returns of ${days} days: ${first.toFixed(0)} ms at first, ${median?.toFixed(1)} ms later, ${corrected.toFixed(0)} ms after a correction`,
  );
});
