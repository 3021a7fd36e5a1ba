import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storedVersion, type WriteItem } from "#lib/contracts/engine-store.ts";
import { names } from "#lib/contracts/topics.ts";
import type { LiveTopics, SymbolSnapshot, TickerRow, BarsPage, MarketSnapshot } from "#lib/contracts/views.ts";
import { barId } from "#lib/contracts/bars.ts";
import { MINUTE, windowStart } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { eventually } from "#test/support/workers.ts";
import { barLine, latestLine, print } from "../unit/live/lines.ts";
import { givenBar, ticker } from "../unit/services/fixtures.ts";
import { ask, change, listen, take } from "./api-client.ts";
import { PASSWORD, startApi, type ApiHarness } from "./api-harness.ts";
import { minuteItem } from "./minute-item.ts";

const SYMBOL = "TAPE:BTCUSDT";
/** An hour that lies in the past of every clock. */
const BEGIN = Date.UTC(2024, 7, 8, 10) * 1_000;
const MINUTES = 12_000;
const ALL: LiveTopics = { quotes: "all", bars: [{ symbol: SYMBOL, interval: "1m" }], prints: [SYMBOL] };

let api: ApiHarness;

const windowItem = (minute: number): WriteItem => minuteItem(SYMBOL, BEGIN, minute);

/** A bar of the source beside the built one of the same window. */
const GIVEN = givenBar(0, { symbol: SYMBOL, start: BEGIN + (MINUTES - 10) * MINUTE, close: 61_000, position: 6 });

function givenItem(): WriteItem {
  return {
    target: { kind: "given", interval: "1m", start: GIVEN.start },
    id: `${barId(SYMBOL, "1m", GIVEN.start)}|given`,
    version: storedVersion(1, 6),
    body: JSON.stringify({ ...GIVEN, written: Date.now() * 1_000 }),
  };
}

/** Publishes as the engine does. */
async function publish(lines: { latest?: object[]; bars?: object[] }): Promise<void> {
  const { latest, bars } = names(api.config.TAPEDECK_NAMESPACE);
  const producer = await api.kafka.producer();
  const partition = partitionOf(SYMBOL, api.config.TAPEDECK_PARTITIONS);
  const frame = (all: object[]) => ({
    partition,
    value: Buffer.from(all.map((line) => JSON.stringify(line)).join("\n")),
  });
  if (lines.latest) await producer.send(latest, [frame(lines.latest)]);
  if (lines.bars) await producer.send(bars, [frame(lines.bars)]);
  await producer.close();
}

function page(input: object) {
  return ask<BarsPage>(api.address, "bars.page", { symbol: SYMBOL, interval: "1m", limit: 500, ...input });
}

function get(query: string): Promise<Response> {
  return fetch(`${api.address}/api/bars.csv?${query}`);
}

/** The headers of a signed-in admin. */
async function signIn(): Promise<{ cookie: string }> {
  const { cookie } = await change(api.address, "session.login", { password: PASSWORD });
  return { cookie: cookie?.split(";")[0] ?? "" };
}

function edit(version: string, name: string) {
  return { symbol: "SIM:AAPL", version, name, sector: null, formerTickers: [], aliases: [], marketValue: null };
}

beforeAll(async () => {
  api = await startApi();
  await api.elasticsearch.tickers.create(
    ticker({ symbol: SYMBOL, name: "Bitcoin / Tether", source: "recording", sourceSymbol: "BTCUSDT" }),
  );
  await api.elasticsearch.tickers.create(ticker({ symbol: "SIM:AAPL" }));
  // First: with the newest built bar it is then found as well.
  await api.elasticsearch.engineStore.write([givenItem()]);
  for (let minute = 0; minute < MINUTES; minute += 2_000) {
    await api.elasticsearch.engineStore.write(Array.from({ length: 2_000 }, (_, index) => windowItem(minute + index)));
  }
  await eventually("the bars to be searchable", 10_000, async () => {
    const { data, error } = await page({ limit: 1 });
    return error === null && data.bars[0]?.close === 60_000 + MINUTES - 1 ? true : null;
  });
});

afterAll(() => api.close());

describe("a page of bars", () => {
  test("is the newest bars, oldest first, and says that there are more", async () => {
    const { data } = await page({});
    expect(data.bars).toHaveLength(500);
    expect(data.bars.at(-1)).toMatchObject({
      close: 60_000 + MINUTES - 1,
      origin: "built",
      final: true,
      partial: false,
    });
    expect(data).toMatchObject({ more: true, backfill: null });
  });

  test("draws exactly what is stored, from columns alone", async () => {
    const query = { symbol: SYMBOL, interval: "1m", limit: 20, order: "descending" } as const;
    const [columns, documents] = await Promise.all([
      api.elasticsearch.bars.readChart(query),
      api.elasticsearch.bars.read(query),
    ]);
    expect(columns).toHaveLength(20);
    expect(documents).toMatchObject(columns);
    expect(columns.filter(({ given }) => given)).toMatchObject([{ start: GIVEN.start, close: 61_000, position: 6 }]);
  });

  test("leads back to the first bar without a gap or a repetition", async () => {
    const closes: number[] = [];
    let to: number | undefined;
    for (let more = true; more;) {
      const { data } = await page({ limit: 2_000, ...(to === undefined ? {} : { to }) });
      closes.unshift(...data.bars.map(({ close }) => close));
      to = data.bars[0]?.start;
      ({ more } = data);
    }
    expect(closes).toEqual(Array.from({ length: MINUTES }, (_, minute) => 60_000 + minute));
  });

  test("refuses what it cannot give", async () => {
    expect((await page({ limit: 2_001 })).status).toBe(400);
    expect((await page({ symbol: "TAPE:NOTHING" })).error).toMatchObject({ data: { reason: "NOT_FOUND" } });
  });
});

describe("the export", () => {
  test("is every bar of any length, by its fixed header", async () => {
    const response = await get(`symbol=${SYMBOL}&interval=1m`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("x-tapedeck-data")).toBeNull();
    const lines = (await response.text()).split("\n");
    expect(lines[0]).toBe("time,open,high,low,close,volume,vwap,trades,final,revision");
    expect(lines).toHaveLength(MINUTES + 2);
    expect(lines[1]).toBe("2024-08-08T10:00:00.000Z,100,110,90,60000,10,100,3,true,0");
  });

  test("takes a range in either notation", async () => {
    const from = BEGIN + 60 * MINUTE;
    const iso = await get(`symbol=${SYMBOL}&interval=1m&from=2024-08-08T11:00Z&to=2024-08-08T11:02`);
    const epoch = await get(`symbol=${SYMBOL}&interval=1m&from=${from}&to=${(from + 2 * MINUTE) / 1_000}`);
    const text = await iso.text();
    expect(text.split("\n").slice(1, -1)).toHaveLength(2);
    expect(await epoch.text()).toBe(text);
  });

  test("says SIMULATED where it is", async () => {
    const response = await get("symbol=SIM:AAPL&interval=1d");
    expect(response.headers.get("x-tapedeck-data")).toBe("SIMULATED");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="SIMULATED-SIM-AAPL-1d.csv"');
  });

  test("answers errors as JSON with code and message", async () => {
    const unknown = await get("symbol=TAPE:NOTHING&interval=1m");
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ code: "NOT_FOUND" });
    const wrong = await get(`symbol=${SYMBOL}&interval=2m`);
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("a page's stream", () => {
  test("gives what is published, and goes on where it was after a break", async () => {
    const first = new AbortController();
    const stream = listen(api.address, ALL, { signal: first.signal });
    await take(stream, ({ frame }) => frame.connected);
    const time = { dayStart: windowStart("1d", BEGIN), time: BEGIN, tradeTime: BEGIN };
    await publish({ latest: [latestLine(1, { symbol: SYMBOL, ...time, prints: [print(1)] })] });
    const { id, frame } = await take(stream, (received) => received.frame.quotes.length > 0);
    expect(frame.quotes).toMatchObject([{ symbol: SYMBOL, last: 101, dayVolume: 1_000 }]);
    expect(frame.prints).toEqual([{ symbol: SYMBOL, prints: [print(1)], skipped: 0 }]);
    first.abort();

    await publish({ bars: [barLine(7, { symbol: SYMBOL, start: BEGIN + MINUTES * MINUTE })] });
    const second = new AbortController();
    const again = listen(api.address, ALL, { signal: second.signal, lastEventId: id });
    const missed = await take(again, (received) => received.frame.bars.length > 0);
    expect(missed.frame.bars).toMatchObject([{ symbol: SYMBOL, close: 107, final: false, firing: "early" }]);
    expect(missed.frame.quotes).toEqual([]);
    second.abort();

    const { data } = await ask<BarsPage>(api.address, "bars.page", { symbol: SYMBOL, interval: "1m", limit: 2 });
    expect(data.bars.map(({ close }) => close)).toEqual([60_000 + MINUTES - 1, 107]);
    const symbol = await ask<SymbolSnapshot>(api.address, "symbol.snapshot", { symbol: SYMBOL });
    expect(symbol.data).toMatchObject({
      quote: { last: 101 },
      prints: [print(1)],
      instrument: { recorded: true, exchange: "TAPE", ticker: "BTCUSDT" },
    });
    await eventually("the page to be gone", 2_000, () => {
      return Promise.resolve(api.opened.services.hub.statistics.subscribers === 0 ? true : null);
    });
  });
});

describe("an admin", () => {
  test("is known by the cookie, and nobody changes anything without it", async () => {
    const input = edit("x", "Nobody's");
    expect((await change(api.address, "tickers.edit", input)).error).toMatchObject({
      data: { reason: "UNAUTHORIZED" },
    });
    const { cookie } = await change(api.address, "session.login", { password: PASSWORD });
    expect(cookie).toMatch(/^tapedeck-session=[^;]+; Path=\/; HttpOnly; SameSite=Strict/);
    const elsewhere = { ...(await signIn()), origin: "http://elsewhere" };
    expect((await change(api.address, "tickers.edit", input, elsewhere)).error).toMatchObject({
      data: { reason: "FORBIDDEN" },
    });
  });

  test("edits what is as it was seen, and gets the newest row otherwise", async () => {
    const session = await signIn();
    const rows = await ask<TickerRow[]>(api.address, "tickers.list");
    const version = rows.data.find((row) => row.ticker.symbol === "SIM:AAPL")?.version ?? "";
    const edited = await change<TickerRow>(api.address, "tickers.edit", edit(version, "Apple Inc."), session);
    expect(edited.data).toMatchObject({ ticker: { name: "Apple Inc." } });
    const late = await change(api.address, "tickers.edit", edit(version, "Late"), session);
    expect(late.status).toBe(409);
    expect(late.error).toMatchObject({
      data: {
        reason: "CONFLICT",
        details: { newest: { version: edited.data.version, ticker: { name: "Apple Inc." } } },
      },
    });
  });

  test("adds what the simulator lists, and it is on the market at once", async () => {
    const session = await signIn();
    const added = await change<TickerRow>(
      api.address,
      "tickers.add",
      { source: "simulator", sourceSymbol: "MSFT" },
      session,
    );
    expect(added.data).toMatchObject({ ticker: { symbol: "SIM:MSFT", state: "enabled" } });
    const market = await ask<MarketSnapshot>(api.address, "market.snapshot");
    expect(market.data.instruments.map(({ symbol }) => symbol)).toContain("SIM:MSFT");
    const twice = await change(api.address, "tickers.add", { source: "simulator", sourceSymbol: "MSFT" }, session);
    expect(twice.error).toMatchObject({ data: { reason: "CONFLICT" } });
    const unknown = await change(
      api.address,
      "tickers.add",
      { source: "simulator", sourceSymbol: "NOTHING9" },
      session,
    );
    expect(unknown.error).toMatchObject({ data: { reason: "NOT_FOUND" } });
  });
});

describe("the operator sees", () => {
  test("in health what is missing, by a status that a load balancer reads", async () => {
    const response = await fetch(`${api.address}/api/health`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      status: "down",
      elasticsearch: true,
      live: true,
      reasons: [
        "No ingest process reports.",
        "No aggregate process reports.",
        "No alerts process reports: no alert fires.",
      ],
    });
  });

  test("in metrics the hub, and the reports of the processes", async () => {
    const response = await fetch(`${api.address}/api/metrics`);
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(text).toMatch(/^tapedeck_live_connected 1$/m);
    expect(text).toMatch(/^tapedeck_worker_resident_bytes\{worker="web-[^"]+",role="web"\} \d+/m);
    expect(text).toMatch(/^tapedeck_source_requests_used\{source="binance",worker="web-[^"]+"\} 0$/m);
    expect(text).toMatch(/^tapedeck_source_requests_allowed\{source="binance"\} 6000$/m);
  });
});

describe("what a person keeps", () => {
  const owner = "admin";
  test("is read and changed by who is signed in, in the shape it has", async () => {
    const kept = [{ id: "abcdefgh", name: "Mine", symbols: ["SIM:AAPL"], columns: ["symbol", "last"] }];
    expect((await ask(api.address, "lists.own", { owner })).error?.data.reason).toBe("UNAUTHORIZED");
    expect((await change(api.address, "lists.save", { owner, kept, version: null })).error?.data.reason).toBe(
      "UNAUTHORIZED",
    );
    const session = await signIn();
    const twice = [{ ...kept[0], symbols: ["SIM:AAPL", "SIM:AAPL"] }];
    expect((await change(api.address, "lists.save", { owner, kept: twice, version: null }, session)).status).toBe(400);
    const saved = await change<{ version: string }>(api.address, "lists.save", { owner, kept, version: null }, session);
    expect(saved.data).toMatchObject({ kept });
    expect((await change(api.address, "lists.save", { owner, kept: [], version: null }, session)).status).toBe(409);

    const desks = [{ id: "abcdefgh", name: "Morning", query: "?grid=1" }];
    expect((await ask(api.address, "desks.own", { owner })).error?.data.reason).toBe("UNAUTHORIZED");
    const put = await change(api.address, "desks.save", { owner, kept: desks, version: null }, session);
    expect(put.data).toMatchObject({ kept: desks });
    const elsewhere = [{ ...desks[0], query: "https://elsewhere.example" }];
    expect((await change(api.address, "desks.save", { owner, kept: elsewhere, version: null }, session)).status).toBe(
      400,
    );
  });

  test("of drawings is one document a symbol, of symbols that there are", async () => {
    const points = [{ time: 1_000_000, price: 100 }];
    const line = {
      id: "a",
      kind: "horizontal",
      points,
      color: "plain",
      dash: "solid",
      width: 1,
      extend: "none",
      text: "",
    };
    const saving = { owner, symbol: "SIM:AAPL", kept: [line], version: null };
    expect((await change(api.address, "drawings.save", saving)).error?.data.reason).toBe("UNAUTHORIZED");
    const session = await signIn();
    expect((await change(api.address, "drawings.save", saving, session)).data).toMatchObject({ kept: [line] });
    expect((await change(api.address, "drawings.save", saving, session)).status).toBe(409);
    const ratio = { ...saving, symbol: "SIM:AAPL/SIM:MSFT" };
    expect((await change(api.address, "drawings.save", ratio, session)).data).toMatchObject({ kept: [line] });
    const nowhere = { ...saving, symbol: "SIM:NOWHERE" };
    expect((await change(api.address, "drawings.save", nowhere, session)).status).toBe(404);
    const twice = { ...saving, symbol: "SIM:MSFT", kept: [line, line] };
    expect((await change(api.address, "drawings.save", twice, session)).status).toBe(400);
    const many = { ...twice, kept: Array.from({ length: 201 }, (_, n) => ({ ...line, id: `x${n}` })) };
    expect((await change(api.address, "drawings.save", many, session)).status).toBe(400);
  });
});
