import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ticker } from "#lib/contracts/tickers.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { readSeed, SEED_FILE } from "#infra/seed.ts";
import { engineConfig } from "#test/support/engines.ts";
import { RECORDINGS } from "#test/support/recordings.ts";
import { ticker } from "#test/support/ticker.ts";

const store = createElasticsearch(engineConfig({ TAPEDECK_LOG_LEVEL: "error" }));
const { tickers } = store;
const CONSTITUENTS = join(RECORDINGS, "symbols", "sp500_constituents.csv");
const hasConstituents = existsSync(CONSTITUENTS);

/** The companies of the S&P 500 by their official names, as tickers of another source that all trade alike. */
function constituents(): Ticker[] {
  const rows: Record<string, string>[] = parse(readFileSync(CONSTITUENTS), { columns: true });
  return rows.map(({ Symbol: short = "", Security: name = "", "GICS Sector": sector = null }) =>
    ticker(`NYSE:${short}`, { name, sector, source: "recording", liquidity: 1_000_000 }),
  );
}

beforeAll(async () => {
  await store.createIndices();
  const seed = readSeed(SEED_FILE).map((each) => Object.assign({ addedAt: 1, updatedAt: 1 }, each));
  await tickers.seed([...seed, ...(hasConstituents ? constituents() : [])]);
});
afterAll(() => store.close());

async function first(words: string, source: string): Promise<string | undefined> {
  const { hits } = await tickers.search({ words, source, limit: 5 });
  return hits[0]?.ticker.symbol.replace(/^.*:/, "");
}

const EVERYWHERE: [string, string][] = [
  ["aapl", "AAPL"],
  ["AAPL ", "AAPL"],
  ["apple", "AAPL"],
  ["appel", "AAPL"],
  ["micros", "MSFT"],
  ["brk.b", "BRK.B"],
  ["brkb", "BRK.B"],
  ["brk/b", "BRK.B"],
  ["nvida", "NVDA"],
  ["microsft", "MSFT"],
  ["estee", "EL"],
  ["Estée Lauder", "EL"],
  ["coca cola", "KO"],
  ["coca-cola", "KO"],
  ["at&t", "T"],
  ["3m", "MMM"],
  ["jp morgan", "JPM"],
  ["jpmorgan", "JPM"],
  ["mcdonalds", "MCD"],
  ["goldmann sachs", "GS"],
  ["advanced micro", "AMD"],
  ["berkshire", "BRK.B"],
  ["t", "T"],
];

describe("tickers are found as people type them", () => {
  test.each([
    ...EVERYWHERE,
    ["micro", "MSFT"],
    ["google", "GOOGL"],
    ["FB", "META"],
    ["facebook", "META"],
    ["SIM:TSLA", "TSLA"],
  ])("%j finds %s", async (words, expected) => {
    await expect(first(words, "simulator")).resolves.toBe(expected);
  });

  test.each([
    ["btc", "BTCUSDT"],
    ["btc/usdt", "BTCUSDT"],
    ["bitcoin", "BTCUSDT"],
    ["ethereum", "ETHUSDT"],
  ])("%j finds %s", async (words, expected) => {
    await expect(first(words, "binance")).resolves.toBe(expected);
  });

  test.runIf(hasConstituents).each(EVERYWHERE)(
    "among the S&P 500 (skipped where the list is absent) %j finds %s",
    async (words, expected) => {
      await expect(first(words, "recording")).resolves.toBe(expected);
    },
  );
});

async function matched(words: string): Promise<string | null | undefined> {
  const { hits } = await tickers.search({ words, source: "simulator", limit: 1 });
  return hits[0]?.matched;
}

test("a hit by something else than ticker or name says by what", async () => {
  await expect(matched("fb")).resolves.toBe("former ticker FB");
  await expect(matched("instagram")).resolves.toBe("also Instagram");
  await expect(matched("appel")).resolves.toBe("similar name");
  await expect(matched("apple")).resolves.toBeNull();
});

test("no words give the most liquid; nonsense gives nothing", async () => {
  const all = await tickers.search({ words: "", source: "simulator", limit: 3 });
  expect(all.hits.map(({ ticker: { symbol } }) => symbol)).toEqual(["SIM:NVDA", "SIM:MSFT", "SIM:AAPL"]);
  expect(all.total).toBe(60);
  await expect(tickers.search({ words: "qqqqzzzz", limit: 3 })).resolves.toEqual({ hits: [], total: 0, sectors: [] });
});

test("a sector narrows the hits, while the counts of all sectors stay", async () => {
  const query = { words: "", source: "simulator", limit: 100 };
  const { sectors } = await tickers.search(query);
  const energy = await tickers.search({ ...query, sector: "Energy" });
  expect(energy.hits.every(({ ticker: { sector } }) => sector === "Energy")).toBe(true);
  expect(energy.total).toBe(sectors.find(({ sector }) => sector === "Energy")?.count);
  expect(energy.sectors).toEqual(sectors);
});

test("a removed ticker is not found, a disabled one is; a change is found at once", async () => {
  const created = await tickers.create(ticker("SIM:ZZTOP", { name: "Zeppelin Works" }));
  await expect(first("zeppelin", "simulator")).resolves.toBe("ZZTOP");
  const disabled = await tickers.replace({ ...created.ticker, state: "disabled" }, created.version);
  await expect(first("zeppelin", "simulator")).resolves.toBe("ZZTOP");
  await tickers.replace({ ...created.ticker, state: "removed" }, disabled.version);
  await expect(first("zeppelin", "simulator")).resolves.toBeUndefined();
});
