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
import { distributionRange } from "#lib/services/distribution/range.ts";
import type { Services } from "#lib/services/services.ts";
import { seeded } from "#test/simulation/random.ts";
import { engineConfig } from "#test/support/engines.ts";
import { windowDocument, windowItem } from "#test/support/stored-bars.ts";
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
  await fetch(`${elasticsearchUrl(config)}/${config.TAPEDECK_NAMESPACE}-*/_refresh`, { method: "POST" });
  const services = {
    bars: store.bars,
    directory: {
      get: () => Promise.resolve({ ticker: ticker({ symbol: SYMBOL }), version: "1" }),
    } as unknown as Services["directory"],
    now: () => Date.now() * 1000,
  };
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
