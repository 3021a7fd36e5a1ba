import { afterAll, beforeAll, expect, test } from "vitest";
import type { Drawing } from "#lib/contracts/drawings.ts";
import type { BackfillDocument, ChannelDocument, WorkerDocument } from "#lib/contracts/sources.ts";
import { names as namesOf } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { engineConfig } from "#test/support/engines.ts";
import { ticker } from "#test/support/ticker.ts";
import { until } from "#test/support/until.ts";

const current = createElasticsearch(engineConfig({ TAPEDECK_LOG_LEVEL: "error" }));
const { tickers, sources, lists, drawings } = current;

beforeAll(async () => {
  await current.createIndices();
});
afterAll(() => current.close());

const channel = (more: Partial<ChannelDocument> = {}): ChannelDocument => ({
  kind: "channel",
  channel: "sim-0",
  source: "simulator",
  holder: "one",
  leaseUntil: 5,
  config: 1,
  state: "live",
  reason: null,
  since: 1,
  symbols: 3,
  rate: 1.5,
  lag: null,
  clockOffset: -12.5,
  lastTickTime: null,
  lastError: { time: 1, message: "m" },
  attempts: 0,
  nextAttempt: null,
  ticks: 1,
  duplicates: 0,
  gapsFound: 0,
  gapsFilled: 0,
  rejected: 0,
  updated: 1,
  ...more,
});

const backfill = (symbol: string, from: number, more: Partial<BackfillDocument> = {}): BackfillDocument => ({
  kind: "backfill",
  symbol,
  interval: "1m",
  from,
  to: from + 100,
  state: "wanted",
  bars: 0,
  progress: 0,
  reason: null,
  requested: from,
  updated: 1,
  ...more,
});

test("what an older version made learns the fields it lacks, and its tickers have days of UTC", async () => {
  const config = engineConfig({ TAPEDECK_LOG_LEVEL: "error" });
  const { calendar: _, ...older } = ticker("OLD:A");
  const index = `${config.ELASTICSEARCH_URL}/${namesOf(config.TAPEDECK_NAMESPACE).indexPrefix}tickers`;
  const put = async (path: string, body: object): Promise<boolean> => {
    const headers = { "content-type": "application/json" };
    return (await fetch(`${index}${path}`, { method: "PUT", headers, body: JSON.stringify(body) })).ok;
  };
  const mappings = { dynamic: "strict", properties: { symbol: { type: "keyword" } } };
  expect(await put("", { mappings })).toBe(true);
  const store = createElasticsearch(config);
  await store.createIndices();
  expect(await put("/_doc/OLD:A?refresh=true", older)).toBe(true);
  expect((await store.tickers.list()).map((each) => each.ticker)).toEqual([ticker("OLD:A")]);
  await store.tickers.create(ticker("NEW:A", { calendar: "us-equities" }));
  await store.close();
});

test("a ticker is created once and replaced only by who has read its newest version", async () => {
  const created = await tickers.create(ticker("NYSE:BRK/B"));
  await expect(tickers.create(ticker("NYSE:BRK/B"))).rejects.toMatchObject({ code: "CONFLICT" });
  const changed = await tickers.replace(ticker("NYSE:BRK/B", { name: "Berkshire" }), created.version);
  await expect(tickers.replace(ticker("NYSE:BRK/B"), created.version)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(tickers.replace(ticker("NYSE:BRK/B"), "nonsense")).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(tickers.get("NYSE:BRK/B")).resolves.toEqual(changed);
  await expect(tickers.get("NYSE:NONE")).resolves.toBeNull();
  await expect(tickers.list()).resolves.toEqual([changed]);
});

test("seeding creates what is missing and leaves the rest as it is", async () => {
  const two = [ticker("SEED:A", { name: "first" }), ticker("SEED:B")];
  await expect(tickers.seed(two)).resolves.toBe(2);
  await expect(tickers.seed([ticker("SEED:A", { name: "second" }), ticker("SEED:C")])).resolves.toBe(1);
  const listed = await tickers.list();
  const names = listed.filter(({ ticker: { symbol } }) => symbol.startsWith("SEED:")).map((each) => each.ticker.name);
  expect(names).toEqual(["first", "SEED:B", "SEED:C"]);
});

test("of two collectors that take the same lease one gets it", async () => {
  await expect(sources.getChannel("sim-0")).resolves.toBeNull();
  const first = await sources.putChannel(channel(), null);
  await expect(sources.putChannel(channel({ holder: "two" }), null)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(sources.getChannel("sim-0")).resolves.toEqual({ document: channel(), version: first });
  const renewals = await Promise.allSettled(
    ["one", "two"].map((holder) => sources.putChannel(channel({ holder, leaseUntil: 10 }), first)),
  );
  expect(renewals.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await until(async () => (await sources.channels())[0]?.leaseUntil === 10);
});

test("workers report themselves and are listed until they are removed", async () => {
  const worker: WorkerDocument = {
    kind: "worker",
    id: "w1",
    role: "aggregate",
    pid: 1,
    host: "h",
    version: "v",
    started: 1,
    updated: 2,
    rss: 3,
    partitions: [],
    counters: { 'tapedeck_x_total{a="b"}': 4 },
  };
  await sources.putWorker(worker);
  await until(async () => (await sources.workers()).length === 1);
  await expect(sources.workers()).resolves.toEqual([worker]);
  await sources.removeWorker("w1");
  await expect(sources.workers()).resolves.toEqual([]);
  await expect(sources.removeWorker("w1")).resolves.toBeUndefined();
  await sources.putWorker({ ...worker, id: "dead", updated: 1 });
  await sources.putWorker({ ...worker, id: "alive", updated: 10 });
  await until(async () => (await sources.workers()).length === 2);
  await sources.forgetWorkers(10);
  await until(async () => (await sources.workers()).length === 1);
  await expect(sources.workers()).resolves.toMatchObject([{ id: "alive" }]);
});

test("a range of history is asked for once, reported on, and found by symbol and state", async () => {
  const [older, newer, other] = [backfill("SIM:A", 100), backfill("SIM:A", 200), backfill("SIM:B", 300)];
  await expect(sources.wantBackfills([newer])).resolves.toMatchObject([{ state: "wanted" }]);
  await sources.putBackfill({ ...newer, state: "fetching", progress: 0.5 });
  await expect(sources.wantBackfills([older, newer, other])).resolves.toMatchObject([
    { from: 100, state: "wanted" },
    { from: 200, state: "fetching" },
    { from: 300, state: "wanted" },
  ]);
  const all = await sources.backfills({});
  expect(all.map(({ symbol, from }) => [symbol, from])).toEqual([
    ["SIM:A", 100],
    ["SIM:A", 200],
    ["SIM:B", 300],
  ]);
  const fetching = await sources.backfills({ symbol: "SIM:A", states: ["fetching", "done"] });
  expect(fetching).toMatchObject([{ from: 200, progress: 0.5 }]);
  // Who saw it wanted comes too late to ask anew.
  const anew = { ...newer, requested: 9 };
  await expect(sources.renewBackfill(anew, "wanted")).resolves.toMatchObject({ state: "fetching", progress: 0.5 });
  await expect(sources.renewBackfill({ ...older, requested: 9 }, "wanted")).resolves.toMatchObject({ requested: 9 });
  await until(async () => (await sources.backfills({ states: ["wanted"] })).some(({ requested }) => requested === 9));
});

test("the drawings of a person are kept by symbol, apart from everybody else's", async () => {
  const line: Drawing = {
    id: "a",
    kind: "horizontal",
    points: [{ time: 1_000_000, price: 100 }],
    color: "plain",
    dash: "solid",
    width: 1,
    extend: "none",
    text: "",
  };
  const version = await drawings.put({ owner: "ada", of: "SIM:A", updated: 1, kept: [line] }, null);
  await expect(drawings.get("ada", "SIM:A")).resolves.toEqual({ kept: [line], version });
  await expect(drawings.get("ada", "SIM:B")).resolves.toEqual({ kept: [], version: null });
  await expect(drawings.get("bob", "SIM:A")).resolves.toEqual({ kept: [], version: null });
  const again = { owner: "ada", of: "SIM:A", updated: 2, kept: [] };
  await expect(drawings.put(again, null)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("the watchlists of a person are read at once, and written only over what was read", async () => {
  await expect(lists.get("ada")).resolves.toEqual({ kept: [], version: null });
  const kept = [{ id: "abcdefgh", name: "Mine", symbols: ["SIM:A", "SIM:B"], columns: null }];
  const version = await lists.put({ owner: "ada", updated: 1, kept }, null);
  await expect(lists.get("ada")).resolves.toEqual({ kept, version });
  await lists.put({ owner: "ada", updated: 2, kept: [] }, version);
  await expect(lists.put({ owner: "ada", updated: 3, kept }, version)).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await expect(lists.put({ owner: "ada", updated: 3, kept }, null)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(lists.get("bob")).resolves.toEqual({ kept: [], version: null });
});
