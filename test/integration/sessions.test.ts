import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import type { StoredBar } from "#lib/contracts/stores.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { INTERVALS, type Interval, MINUTE } from "#lib/domain/interval.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { batchBars, type BatchTrade } from "#test/support/batch-bars.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { finished, workerFolder, type WorkerFolder } from "#test/support/workers.ts";

const SYMBOL = "TAPE:AAPL";
const folder = scratchFolder();
let elasticsearch: ElasticsearchConnection;
let workers: WorkerFolder;

beforeAll(async () => {
  const environment = engineEnvironment();
  const config = readConfig(environment);
  elasticsearch = createElasticsearch(config);
  const kafka = createKafka(config);
  await Promise.all([kafka.createTopics(names(config.TAPEDECK_NAMESPACE), config), elasticsearch.createIndices()]);
  await kafka.close();
  workers = workerFolder(environment);
});
afterAll(async () => {
  await workers.close();
  await elasticsearch.close();
  removeFolder(folder);
});

const clock = (time: number): string => new Date(time / 1000).toISOString().slice(8, 16);

/** A trade each 7 minutes, from the day before Thanksgiving until the night after the short Friday. */
function trades(): BatchTrade[] {
  const found: BatchTrade[] = [];
  const end = Date.UTC(2025, 10, 29, 12) * 1000;
  for (let time = Date.UTC(2025, 10, 26, 8) * 1000; time < end; time += 7 * MINUTE) {
    const id = found.length + 1;
    found.push({ symbol: SYMBOL, time, price: 100 + (id % 17), size: 1 + (id % 5), id });
  }
  return found;
}

async function stored(interval: Interval): Promise<Extract<StoredBar, { given: false }>[]> {
  const bars: Extract<StoredBar, { given: false }>[] = [];
  for await (const page of elasticsearch.bars.scan({ symbol: SYMBOL, interval })) {
    for (const bar of page) if (!bar.given) bars.push(bar);
  }
  return bars;
}

test("a recording of a stock becomes bars that no session's border cuts, and days that are sessions", async () => {
  const all = trades();
  const file = join(folder, "aapl.csv");
  const lines = all.map(({ time, price, size, id }) => `${time},AAPL,${price},${size},${id}`);
  writeFileSync(file, ["time,symbol,price,size,id", ...lines].join("\n"));
  workers.start("aggregate");
  await finished(workers.start("replay", ["--format", "csv", "--calendar", "us-equities", "--wait", file]), "replay");

  const expected = batchBars(all, calendarOf("us-equities"));
  const bars = (await Promise.all(INTERVALS.map(stored))).flat();
  expect(new Map(bars.map((bar) => [`${SYMBOL}|${bar.interval}|${bar.start}`, bar.trades]))).toEqual(
    new Map([...expected].map(([id, bar]) => [id, bar.trades])),
  );
  expect(bars.every(({ final }) => final)).toBe(true);
  const days = await stored("1d");
  expect(days.map(({ session, start, end }) => `${session} ${clock(start)} ${clock(end)}`)).toEqual([
    "closed 26T01:00 26T09:00",
    "pre 26T09:00 26T14:30",
    "regular 26T14:30 26T21:00",
    "post 26T21:00 27T01:00",
    "closed 27T01:00 28T09:00",
    "pre 28T09:00 28T14:30",
    "regular 28T14:30 28T18:00",
    "post 28T18:00 28T22:00",
    "closed 28T22:00 01T09:00",
  ]);
  const query = { symbol: SYMBOL, interval: "1d", session: "regular", limit: 9, order: "ascending" } as const;
  expect((await elasticsearch.bars.readChart(query)).map(({ start }) => clock(start))).toEqual([
    "26T14:30",
    "28T14:30",
  ]);
});
