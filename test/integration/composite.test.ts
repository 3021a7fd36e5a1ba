import { afterAll, beforeAll, expect, test } from "vitest";
import { OUTPUTS } from "#lib/api/open/outputs.ts";
import type { WriteItem } from "#lib/contracts/engine-store.ts";
import { names } from "#lib/contracts/topics.ts";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { eventually } from "#test/support/workers.ts";
import { barLine, latestLine } from "../unit/live/lines.ts";
import { ticker } from "../unit/services/fixtures.ts";
import { startApi, type ApiHarness } from "./api-harness.ts";
import { minuteItem } from "./minute-item.ts";

const [LEFT, RIGHT] = ["TAPE:LEFT", "TAPE:RIGHT"];
const RATIO = `${LEFT}/${RIGHT}`;
const SPREAD = `${LEFT}-${RIGHT}`;
const BEGIN = Date.UTC(2024, 7, 8, 10) * 1_000;
/** The right leg trades in every third minute. */
const MINUTES = 600;

let api: ApiHarness;

function get(path: string): Promise<Response> {
  return fetch(`${api.address}${path}`);
}

async function json<T>(path: string): Promise<T> {
  return (await (await get(path)).json()) as T;
}

const everyThird = (minute: number): number => (minute % 3 === 0 ? 1 : 0);
const items = (symbol: string, of: (minute: number) => number): WriteItem[] =>
  Array.from({ length: MINUTES }, (_, minute) => minute)
    .filter(of)
    .map((minute) => minuteItem(symbol, BEGIN, minute));

beforeAll(async () => {
  api = await startApi();
  for (const symbol of [LEFT, RIGHT]) {
    await api.elasticsearch.tickers.create(ticker({ symbol, name: symbol, source: "recording" }));
  }
  await api.elasticsearch.engineStore.write(items(LEFT, () => 1));
  await api.elasticsearch.engineStore.write(items(RIGHT, everyThird));
  await eventually("the bars to be searchable", 10_000, async () => {
    const counts = await Promise.all(
      [LEFT, RIGHT].map(
        async (symbol) => (await (await get(`/api/bars.csv?symbol=${symbol}&interval=1m`)).text()).split("\n").length,
      ),
    );
    return counts[0] === MINUTES + 2 && counts[1] === MINUTES / 3 + 2 ? true : null;
  });
});

afterAll(() => api.close());

test("pages, files, the datafeed and indicators give the same bars of the ratio of two", async () => {
  const starts = Array.from({ length: MINUTES / 3 }, (_, index) => BEGIN + 3 * index * MINUTE);
  const symbol = encodeURIComponent(RATIO);
  const paged: number[] = [];
  let to = BEGIN + MINUTES * MINUTE;
  for (let more = true; more;) {
    const answer = await json(`/api/v1/bars.page?symbol=${symbol}&interval=1m&limit=70&to=${to}`);
    const page = OUTPUTS.barsPage.strict().parse(answer);
    expect(page.symbol).toBe(RATIO);
    // Opens at 100, between 90 and 110, whichever leg it is; both close alike.
    for (const { open, high, low, close, volume, vwap, trades, final } of page.bars) {
      expect([open, high, low, close, volume, vwap, trades, final]).toEqual([
        1,
        110 / 90,
        90 / 110,
        1,
        null,
        null,
        6,
        true,
      ]);
    }
    paged.unshift(...page.bars.map(({ start }) => start));
    [to, more] = [page.bars[0]?.start ?? 0, page.more];
  }
  expect(paged).toEqual(starts);

  const csv = (await (await get(`/api/bars.csv?symbol=${symbol}&interval=1m`)).text()).trimEnd().split("\n");
  expect(csv.length).toBe(starts.length + 1);
  expect(csv[1]).toBe(`2024-08-08T10:00:00.000Z,1,${110 / 90},${90 / 110},1,,,6,true,0`);
  expect((await get(`/api/bars.parquet?symbol=${symbol}&interval=1m`)).status).toBe(200);

  const range = `from=${BEGIN / SECOND}&to=${BEGIN / SECOND + 600}`;
  expect(await json(`/api/udf/history?symbol=${symbol}&resolution=1&${range}`)).toEqual({
    s: "ok",
    t: [0, 180, 360, 540].map((second) => BEGIN / SECOND + second),
    o: [1, 1, 1, 1],
    h: Array.from({ length: 4 }, () => 110 / 90),
    l: Array.from({ length: 4 }, () => 90 / 110),
    c: [1, 1, 1, 1],
  });
  expect(await json(`/api/udf/symbols?symbol=${symbol}`)).toMatchObject({
    name: "LEFT/RIGHT",
    visible_plots_set: "ohlc",
  });

  const values = `symbol=${symbol}&interval=1m&from=${BEGIN}&to=${BEGIN + 30 * MINUTE}&indicators=sma:2,vwap:0`;
  const indicators = OUTPUTS.indicators.strict().parse(await json(`/api/v1/indicators.values?${values}`));
  expect(indicators.starts).toEqual(starts.slice(0, 10));
  expect(indicators.indicators.map(({ lines }) => lines[0]?.values.at(-1))).toEqual([1, null]);
});

test("its lineage is that of both legs, and without one of them there is none", async () => {
  const found = await json<{ operation: string; legs: { symbol: string; topic: string }[] }>(
    `/api/v1/bars.lineage?symbol=${encodeURIComponent(SPREAD)}&interval=1m&start=${BEGIN}`,
  );
  expect(found).toMatchObject({
    operation: "-",
    legs: [
      { symbol: LEFT, start: BEGIN },
      { symbol: RIGHT, start: BEGIN },
    ],
  });
  const unknown = await get(`/api/v1/bars.page?symbol=${encodeURIComponent(`${LEFT}/TAPE:NONE`)}&interval=1m`);
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining("TAPE:NONE")]);
  const prints = await get(`/api/stream?symbols=${encodeURIComponent(RATIO)}&types=print`);
  expect(prints.status).toBe(400);
});

test("it is found by its short name, has the worse of both quotes, and streams as either leg ticks", async () => {
  const found = OUTPUTS.hits.strict().parse(await json("/api/v1/search.tickers?words=left/right"));
  expect(found.composite).toMatchObject({ symbol: RATIO, legs: [LEFT, RIGHT] });

  const topics = names(api.config.TAPEDECK_NAMESPACE);
  const producer = await api.kafka.producer();
  const send = (topic: string, symbol: string, line: object): Promise<unknown> => {
    const partition = partitionOf(symbol, api.config.TAPEDECK_PARTITIONS);
    return producer.send(topic, [{ partition, value: Buffer.from(JSON.stringify(line)) }]);
  };
  const start = BEGIN + MINUTES * MINUTE;
  const stream = await get(`/api/stream?symbols=${encodeURIComponent(SPREAD)}&types=quote,bar&interval=1m`);
  const told = readUntil(stream, /"close":40,/);
  await send(topics.latest, LEFT, latestLine(5, { symbol: LEFT, price: 120, time: start + 5 }));
  await send(topics.latest, RIGHT, latestLine(5, { symbol: RIGHT, price: 80, time: start + 3 }));
  await send(topics.bars, LEFT, barLine(1, { symbol: LEFT, start, close: 120 }));
  await send(topics.bars, RIGHT, barLine(1, { symbol: RIGHT, start, close: 80 }));
  expect(await told).toMatch(new RegExp(`event: bar.*"symbol":"${SPREAD}"`, "s"));
  await producer.close();

  const snapshot = await eventually("both quotes", 10_000, async () => {
    const answer = await json(`/api/v1/symbol.snapshot?symbol=${encodeURIComponent(SPREAD)}`);
    const parsed = OUTPUTS.symbolSnapshot.strict().parse(answer);
    return parsed.quote.last === null ? null : parsed;
  });
  expect(snapshot.quote).toMatchObject({ symbol: SPREAD, last: 40, time: start + 3, dayVolume: null });
  expect(snapshot.instrument.legs?.map(({ symbol }) => symbol)).toEqual([LEFT, RIGHT]);
  const newest = OUTPUTS.barsPage.parse(
    await json(`/api/v1/bars.page?symbol=${encodeURIComponent(SPREAD)}&interval=1m&limit=1`),
  );
  expect(newest.bars).toMatchObject([{ start, close: 40, final: false }]);
});

/** What a stream says until something is in it. */
async function readUntil({ body }: Response, wanted: RegExp): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (wanted.test(text)) return text;
  }
  return text;
}
