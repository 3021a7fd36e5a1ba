import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OUTPUTS } from "#lib/api/open/outputs.ts";
import type { OpenApiDocument } from "#lib/api/open/openapi.ts";
import type { WriteItem } from "#lib/contracts/engine-store.ts";
import { names } from "#lib/contracts/topics.ts";
import { MINUTE, SECOND, windowStart } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { generateClient } from "#test/support/generated-client.ts";
import { preparePandas, readByPandas } from "#test/support/pandas.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { UdfClient } from "#test/support/udf-client.ts";
import { eventually } from "#test/support/workers.ts";
import { barLine, latestLine, print } from "../unit/live/lines.ts";
import { ticker } from "../unit/services/fixtures.ts";
import { startApi, type ApiHarness } from "./api-harness.ts";
import { minuteItem } from "./minute-item.ts";

const SYMBOL = "TAPE:BTCUSDT";
const BEGIN = Date.UTC(2024, 7, 8, 10) * 1_000;
const MINUTES = 3_000;
const KEY = "a key of tests";
const WITH_KEY = { authorization: `Bearer ${KEY}` };

let api: ApiHarness;
/** Over the same data, but asks for keys. */
let guarded: ApiHarness;

const windowItem = (minute: number): WriteItem => minuteItem(SYMBOL, BEGIN, minute);

async function publish(lines: { latest?: object[]; bars?: object[] }): Promise<void> {
  const topics = names(api.config.TAPEDECK_NAMESPACE);
  const producer = await api.kafka.producer();
  const partition = partitionOf(SYMBOL, api.config.TAPEDECK_PARTITIONS);
  for (const [topic, all = []] of [
    [topics.latest, lines.latest],
    [topics.bars, lines.bars],
  ] as const) {
    const value = Buffer.from(all.map((line) => JSON.stringify(line)).join("\n"));
    if (all.length > 0) await producer.send(topic, [{ partition, value }]);
  }
  await producer.close();
}

function get(path: string, headers: Readonly<Record<string, string>> = {}, from = api): Promise<Response> {
  return fetch(`${from.address}${path}`, { headers });
}

beforeAll(async () => {
  const environment = engineEnvironment();
  api = await startApi({ ...environment, TAPEDECK_API_LIMIT: "100000" });
  guarded = await startApi({
    ...environment,
    TAPEDECK_API_KEYS: `desk:${createHash("sha256").update(KEY).digest("hex")}`,
    TAPEDECK_API_LIMIT: "6",
    TAPEDECK_API_ORIGINS: "https://desk.example",
  });
  await api.elasticsearch.tickers.create(
    ticker({ symbol: SYMBOL, name: "Bitcoin / Tether", source: "recording", sourceSymbol: "BTCUSDT" }),
  );
  await api.elasticsearch.tickers.create(ticker({ symbol: "SIM:AAPL" }));
  await api.elasticsearch.engineStore.write(Array.from({ length: MINUTES }, (_, minute) => windowItem(minute)));
  // Tickers that were read a moment ago are as good as read now.
  for (const { opened } of [api, guarded]) opened.services.directory.invalidate();
  // Each index of the range makes its bars searchable in its own time.
  await api.elasticsearch.bars.refresh();
});

afterAll(async () => {
  await guarded.close();
  await api.close();
});

describe("a charting client", () => {
  test("configures itself, finds a symbol and reads all of its bars back to the first, each once", async () => {
    const client = new UdfClient(`${api.address}/api/udf`);
    const configuration = await client.configuration();
    expect(configuration).toMatchObject({ supports_search: true, supports_group_request: false, supports_time: true });
    expect(configuration.exchanges.map(({ value }) => value)).toEqual(["", "SIM", "TAPE"]);
    expect(Math.abs((await client.time()) - Date.now() / 1_000)).toBeLessThan(60);

    const [hit] = await client.search("bitcoin", "TAPE");
    expect(hit).toMatchObject({ symbol: "BTCUSDT", full_name: SYMBOL, ticker: SYMBOL, exchange: "TAPE" });
    expect(await client.search("bitcoin", "SIM")).toEqual([]);
    const symbol = await client.resolve(hit?.ticker ?? "");
    expect(configuration.supported_resolutions).toEqual(symbol.supported_resolutions);

    const bars = await client.wholeHistory(symbol, "1", BEGIN / SECOND + MINUTES * 60, 329);
    expect(bars).toEqual(
      Array.from({ length: MINUTES }, (_, minute) => ({ time: BEGIN / SECOND + minute * 60, close: 60_000 + minute })),
    );
  });

  test("is told errors in the protocol's own words", async () => {
    const wrong = await get("/api/udf/history?symbol=TAPE:NOTHING&resolution=1&from=0&to=1");
    expect(wrong.status).toBe(200);
    expect(await wrong.json()).toMatchObject({
      s: "error",
      errmsg: expect.stringContaining("TAPE:NOTHING") as unknown,
    });
    const missing = await get(`/api/udf/history?symbol=${SYMBOL}&resolution=1&from=soon`);
    expect(await missing.json()).toMatchObject({ s: "error", code: "BAD_INPUT" });
  });
});

describe("a client generated from the description", () => {
  test("reads bars, and errors with their code", async () => {
    const description = (await (await get("/api/v1/openapi.json")).json()) as OpenApiDocument;
    const folder = scratchFolder();
    try {
      const client = await generateClient(description, folder);
      client.defaults.baseUrl = api.address;
      const page = await client.call("barsPage", SYMBOL, "1m", { limit: 2, to: "2024-08-08T10:05:00Z" });
      expect(page.status).toBe(200);
      const { bars } = OUTPUTS.barsPage.strict().parse(page.data);
      expect(bars.map(({ start, close }) => [start, close])).toEqual([
        [BEGIN + 3 * MINUTE, 60_003],
        [BEGIN + 4 * MINUTE, 60_004],
      ]);
      const unknown = await client.call("barsPage", "TAPE:NOTHING", "1m", {});
      expect(unknown).toMatchObject({ status: 404, data: { code: "NOT_FOUND" } });
    } finally {
      removeFolder(folder);
    }
  });

  test("what is described is what is answered", async () => {
    const market = OUTPUTS.marketSnapshot.strict().parse(await (await get("/api/v1/market.snapshot")).json());
    expect(market.instruments.map(({ symbol }) => symbol).toSorted()).toEqual(["SIM:AAPL", SYMBOL]);
    const found: unknown = await (await get("/api/v1/search.tickers?words=bitcoin&limit=3")).json();
    expect(OUTPUTS.hits.strict().parse(found).hits).toHaveLength(1);
    const active: unknown = await (await get("/api/v1/market.active?order=notional")).json();
    expect(OUTPUTS.active.strict().parse(active).rows).toEqual([]);
    const snapshot: unknown = await (await get(`/api/v1/symbol.snapshot?symbol=${SYMBOL}`)).json();
    expect(OUTPUTS.symbolSnapshot.strict().parse(snapshot).instrument.symbol).toBe(SYMBOL);
    const symbols = `symbols=SIM:AAPL,${SYMBOL}&from=2024-08-08&to=2024-08-09`;
    const matrix: unknown = await (await get(`/api/v1/correlation.matrix?${symbols}`)).json();
    expect(OUTPUTS.correlations.strict().parse(matrix).pairs).toHaveLength(1);
    const distribution = await get(`/api/v1/distribution.range?${symbols}&measure=size`);
    expect([distribution.status, (await get("/api/v1/sources.view")).status]).toEqual([200, 200]);
  });

  test("nothing is changed by it, nor found where there is nothing", async () => {
    const edit = await get("/api/v1/tickers.edit?symbol=SIM:AAPL&name=Other");
    expect(edit.status).toBe(404);
    const posted = await fetch(`${api.address}/api/v1/tickers.list`, { method: "POST" });
    expect(await posted.json()).toMatchObject({ code: "UNSUPPORTED" });
    const misspelt = await get(`/api/v1/bars.page?symbol=${SYMBOL}&intervall=1m`);
    expect([misspelt.status, await misspelt.json()]).toMatchObject([400, { code: "BAD_INPUT" }]);
  });
});

const missing = preparePandas();
test.skipIf(missing !== null)(
  `pandas reads the CSV and the Parquet file alike${missing === null ? "" : ` (skipped: ${missing})`}`,
  async () => {
    const { csv, parquet } = await readByPandas(api.address, `symbol=${SYMBOL}&interval=1m`);
    expect(csv).toEqual({
      rows: MINUTES,
      columns: ["time", "open", "high", "low", "close", "volume", "vwap", "trades", "final", "revision"],
      utc: true,
      first: "2024-08-08T10:00:00+00:00",
      step: 60,
      close: 60_000 + MINUTES - 1,
      unknown: 0,
      final: true,
    });
    expect(parquet).toEqual(csv);
  },
);

/** The events of a stream as they come: name, id and data. */
async function* events(path: string, signal: AbortSignal, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${api.address}${path}`, { signal, headers });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const all = (text + chunk).split("\n\n");
    text = all.pop() ?? "";
    for (const event of all) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(event)?.[1];
      const data = field("data");
      if (data !== undefined) yield { name: field("event"), id: field("id"), data: JSON.parse(data) as object };
    }
  }
}

async function firstOf(stream: ReturnType<typeof events>, name: string) {
  for await (const event of stream) if (event.name === name) return event;
  throw new Error(`the stream ended without a ${name}`);
}

describe("a script's stream", () => {
  const path = `/api/stream?symbols=${SYMBOL}&types=quote,bar&interval=1m`;

  test("gives quotes and bars, and after a break what came meanwhile and nothing else", async () => {
    const first = new AbortController();
    const stream = events(path, first.signal);
    expect(await stream.next()).toMatchObject({ value: { name: "status" } });
    const time = { dayStart: windowStart("1d", BEGIN), time: BEGIN, tradeTime: BEGIN };
    await publish({ latest: [latestLine(1, { symbol: SYMBOL, ...time, prints: [print(1)] })] });
    const { id, data } = await firstOf(events(path, first.signal), "quote");
    expect(data).toMatchObject({ type: "quote", symbol: SYMBOL, last: 101 });
    first.abort();

    await publish({ bars: [barLine(7, { symbol: SYMBOL, start: BEGIN + MINUTES * MINUTE })] });
    const second = new AbortController();
    const again: string[] = [];
    for await (const event of events(path, second.signal, { "last-event-id": id ?? "" })) {
      again.push(event.name ?? "");
      if (event.name === "bar") break;
    }
    expect(again.filter((name) => name !== "status")).toEqual(["bar"]);
    second.abort();
    await eventually("the streams to be closed", 3_000, () => {
      return Promise.resolve(api.opened.services.hub.statistics.subscribers === 0 ? true : null);
    });
  });

  test("refuses what is beyond its bounds before it begins", async () => {
    const prints = Array.from({ length: 9 }, (_, index) => `SIM:S${index}`).join(",");
    const response = await get(`/api/stream?symbols=${prints}&types=print`);
    expect([response.status, await response.json()]).toMatchObject([400, { code: "BAD_INPUT" }]);
  });
});

describe("where keys are asked for", () => {
  const path = `/api/v1/bars.page?symbol=${SYMBOL}&interval=1m&limit=1`;

  test("none, a wrong one and another's page are refused; ours and a right one are answered, with what is left", async () => {
    const bare = await get(path, {}, guarded);
    expect([bare.status, await bare.json()]).toMatchObject([401, { code: "UNAUTHORIZED" }]);
    expect((await get(path, { authorization: "Bearer wrong" }, guarded)).status).toBe(401);
    expect((await get(path, { "sec-fetch-site": "cross-site" }, guarded)).status).toBe(401);
    expect((await get(path, { "sec-fetch-site": "same-origin" }, guarded)).status).toBe(200);
    const known = await get(path, WITH_KEY, guarded);
    expect([known.status, known.headers.get("ratelimit-limit"), known.headers.get("ratelimit-remaining")]).toEqual([
      200,
      "6",
      "5",
    ]);
    expect((await get(`${path}&key=${encodeURIComponent(KEY)}`, {}, guarded)).status).toBe(200);
  });

  test("beyond the limit is 429 with when to come back, and errors are alike on every interface", async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 5; count++) statuses.push((await get(path, WITH_KEY, guarded)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    for (const other of [
      "/api/bars.csv",
      "/api/bars.parquet",
      "/api/stream",
      "/api/udf/config",
      "/api/v1/openapi.json",
    ]) {
      const refused = await get(other, WITH_KEY, guarded);
      expect([other, refused.status, await refused.json()]).toMatchObject([other, 429, { code: "RATE_LIMITED" }]);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    }
  });

  test("pages of a named origin may read, of others not", async () => {
    const ours = await get(path, { origin: "https://desk.example" }, guarded);
    expect(ours.headers.get("access-control-allow-origin")).toBe("https://desk.example");
    expect(ours.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    const others = await get(path, { origin: "https://other.example" }, guarded);
    expect(others.headers.get("access-control-allow-origin")).toBeNull();
    expect(others.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    const preflight = await fetch(`${guarded.address}${path}`, {
      method: "OPTIONS",
      headers: { origin: "https://desk.example" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "authorization, last-event-id",
    ]);
  });
});
