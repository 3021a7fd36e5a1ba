import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BarsPage, SearchAnswer, SymbolSnapshot, TickerRow } from "#lib/contracts/views.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { eventually } from "#test/support/workers.ts";
import { ticker } from "../unit/services/fixtures.ts";
import { ask, change } from "./api-client.ts";
import { PASSWORD, startApi, type ApiHarness } from "./api-harness.ts";
import { minuteItem } from "./minute-item.ts";

const OLD = "TAPE:FB";
const NEW = "TAPE:META";
const BEGIN = Date.UTC(2024, 7, 8, 10) * 1_000;
const MINUTES = 30;

let api: ApiHarness;
let cookie = "";

const recorded = (symbol: string) => ticker({ symbol, name: symbol, source: "recording", sourceSymbol: symbol });
const bars = () => ask<BarsPage>(api.address, "bars.page", { symbol: OLD, interval: "1m", limit: 100 });
const snapshot = (symbol: string) => ask<SymbolSnapshot>(api.address, "symbol.snapshot", { symbol });
const csv = async (): Promise<string> => (await fetch(`${api.address}/api/bars.csv?symbol=${OLD}&interval=1m`)).text();

async function found(words: string): Promise<[string, string | null][]> {
  const { data } = await ask<SearchAnswer>(api.address, "search.tickers", { words });
  return data.hits.map(({ ticker: { symbol }, matched }) => [symbol, matched]);
}

async function row(symbol: string): Promise<TickerRow | undefined> {
  const { data } = await ask<TickerRow[]>(api.address, "tickers.list");
  return data.find((each) => each.ticker.symbol === symbol);
}

async function setState(symbol: string, state: "enabled" | "removed"): Promise<number> {
  const { version } = (await row(symbol)) ?? {};
  return (await change(api.address, "tickers.setState", { symbol, version, state }, { cookie })).status;
}

async function nameFormer(former: string[]): Promise<number> {
  const there = await row(NEW);
  const { symbol, name } = there?.ticker ?? {};
  const input = { symbol, name, sector: null, formerTickers: former, aliases: [], marketValue: null };
  return (await change(api.address, "tickers.edit", { ...input, version: there?.version }, { cookie })).status;
}

beforeAll(async () => {
  api = await startApi();
  const signedIn = await change(api.address, "session.login", { password: PASSWORD });
  cookie = signedIn.cookie?.split(";")[0] ?? "";
  for (const symbol of [OLD, NEW]) await api.elasticsearch.tickers.create(recorded(symbol));
  const minutes = Array.from({ length: MINUTES }, (_, minute) => minuteItem(OLD, BEGIN, minute));
  await api.elasticsearch.engineStore.write(minutes);
  await eventually("the bars to be searchable", 10_000, async () => {
    const { data, error } = await bars();
    return error === null && data.bars.length === MINUTES ? true : null;
  });
});
afterAll(() => api.close());

describe("the history of a ticker", () => {
  test("that is removed can be read and found as before, and says so; brought back, it is as it was", async () => {
    const before = { bars: (await bars()).data.bars, csv: await csv() };
    expect(before.bars.at(-1)?.start).toBe(BEGIN + (MINUTES - 1) * MINUTE);
    expect((await snapshot(OLD)).data.standing).toBeNull();
    expect(await setState(OLD, "removed")).toBe(200);
    expect({ bars: (await bars()).data.bars, csv: await csv() }).toEqual(before);
    expect((await snapshot(OLD)).data.standing).toEqual({ state: "removed", successor: null });
    expect(await found("FB")).toEqual([[OLD, "no longer collected"]]);
    expect(await found("")).not.toContainEqual([OLD, expect.anything()]);
    expect(await setState(OLD, "enabled")).toBe(200);
    expect((await snapshot(OLD)).data.standing).toBeNull();
    expect((await bars()).data.bars).toEqual(before.bars);
  });

  test("that goes on under another one stays where it is, and leads there", async () => {
    const before = (await bars()).data.bars;
    expect(await nameFormer(["FB"])).toBe(200);
    expect(await setState(OLD, "removed")).toBe(200);
    expect((await bars()).data.bars).toEqual(before);
    expect((await snapshot(OLD)).data.standing).toEqual({ state: "removed", successor: NEW });
    // What is collected goes before what is not, however well that fits.
    expect(await found("fb")).toEqual([
      [NEW, "former ticker FB"],
      [OLD, "no longer collected"],
    ]);
  });
});

test("a link to a ticker that was never kept here leads to the one that names it", async () => {
  expect((await snapshot("TAPE:OLDER")).error?.data).toMatchObject({ reason: "NOT_FOUND", details: null });
  expect(await nameFormer(["FB", "TAPE:OLDER"])).toBe(200);
  const { error } = await snapshot("TAPE:OLDER");
  expect(error?.data).toMatchObject({ reason: "NOT_FOUND", details: { renamedTo: NEW } });
  expect(error?.message).toContain(`called ${NEW} now`);
  expect(await found("older")).toEqual([[NEW, "former ticker TAPE:OLDER"]]);
});
