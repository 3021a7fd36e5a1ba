import { afterAll, beforeAll, expect, test } from "vitest";
import { OUTPUTS } from "#lib/api/open/outputs.ts";
import { barId } from "#lib/contracts/bars.ts";
import { storedVersion, type WriteItem } from "#lib/contracts/engine-store.ts";
import type { TickerRow } from "#lib/contracts/views.ts";
import { DAY, SECOND } from "#lib/domain/interval.ts";
import { eventually } from "#test/support/workers.ts";
import { barLine } from "../unit/live/lines.ts";
import { ticker } from "../unit/services/fixtures.ts";
import { change } from "./api-client.ts";
import { type ApiHarness, PASSWORD, startApi } from "./api-harness.ts";

const SYMBOL = "TAPE:SPLITS";
const PLAIN = "TAPE:PLAIN";
const BEGIN = Date.UTC(2024, 7, 5) * 1_000;
/** A dividend of 2 on the second day, a split of four for one on the third. */
const CLOSES = [400, 396, 100, 102];
const ACTIONS = [
  { kind: "dividend", day: "2024-08-06", amount: 2 },
  { kind: "split", day: "2024-08-07", newShares: 4, oldShares: 1 },
] as const;

let api: ApiHarness;

async function json<T>(path: string): Promise<T> {
  return (await (await fetch(`${api.address}${path}`)).json()) as T;
}

function dayItem(symbol: string, day: number, close: number): WriteItem {
  const start = BEGIN + day * DAY;
  const prices = { open: close, high: close, low: close, close, vwap: close, volume: 1_000 };
  const line = barLine(5, { symbol, interval: "1d", start, end: start + DAY, final: true, ...prices });
  const { firing: _firing, offset: _offset, line: _line, ...bar } = line;
  const stored = { ...bar, given: false, position: 6, topology: "test", raw: "", sketch: null, profile: null };
  return {
    target: { kind: "window", interval: "1d", start },
    id: barId(symbol, "1d", start),
    version: storedVersion(1, 6),
    body: JSON.stringify({ ...stored, written: Date.now() * 1_000 }),
  };
}

/** Changes the actions of the ticker as an admin does. */
async function setActions(actions: readonly object[]) {
  const { cookie } = await change(api.address, "session.login", { password: PASSWORD });
  const stored = await api.elasticsearch.tickers.get(SYMBOL);
  if (!stored) throw new Error(`there is no ${SYMBOL}`);
  const { symbol, name, sector, formerTickers, aliases, marketValue } = stored.ticker;
  const input = { symbol, name, sector, formerTickers, aliases, marketValue, version: stored.version, actions };
  return change<TickerRow>(api.address, "tickers.edit", input, { cookie: cookie?.split(";")[0] ?? "" });
}

async function page(query: string, symbol = SYMBOL) {
  const path = `/api/v1/bars.page?symbol=${encodeURIComponent(symbol)}&interval=1d${query}`;
  return OUTPUTS.barsPage.strict().parse(await json(path));
}

beforeAll(async () => {
  api = await startApi();
  for (const symbol of [SYMBOL, PLAIN]) {
    await api.elasticsearch.tickers.create(ticker({ symbol, name: symbol, source: "recording" }));
  }
  await api.elasticsearch.engineStore.write(CLOSES.map((close, day) => dayItem(SYMBOL, day, close)));
  await api.elasticsearch.engineStore.write(CLOSES.map((_, day) => dayItem(PLAIN, day, 50)));
  await eventually("the bars to be searchable", 10_000, async () => {
    const read = [SYMBOL, PLAIN].map((symbol) => fetch(`${api.address}/api/bars.csv?symbol=${symbol}&interval=1d`));
    const texts = await Promise.all((await Promise.all(read)).map((answer) => answer.text()));
    return texts.every((text) => text.split("\n").length === CLOSES.length + 2) ? true : null;
  });
  await setActions(ACTIONS.toReversed());
});

afterAll(() => api.close());

test("pages, files, the datafeed and indicators are as traded, in shares of today, or with dividends, and say which", async () => {
  const expected = {
    raw: [CLOSES, [1_000, 1_000, 1_000, 1_000]],
    split: [
      [100, 99, 100, 102],
      [4_000, 4_000, 1_000, 1_000],
    ],
    // 1 − 2 / 400 before the second day.
    total: [
      [99.5, 99, 100, 102],
      [4_000, 4_000, 1_000, 1_000],
    ],
  } as const;
  for (const [mode, [closes, volumes]] of Object.entries(expected)) {
    const { bars, adjustment } = await page(`&adjust=${mode}`);
    expect([bars.map(({ close }) => close), bars.map(({ volume }) => volume)]).toEqual([closes, volumes]);
    expect(adjustment).toMatchObject({ mode, next: null, steps: ACTIONS.map((action) => ({ action })) });

    const file = await fetch(`${api.address}/api/bars.csv?symbol=${SYMBOL}&interval=1d&adjust=${mode}`);
    const rows = (await file.text())
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((row) => row.split(","));
    expect(rows.map((cells) => [Number(cells[4]), Number(cells[5])])).toEqual(
      closes.map((close, i) => [close, volumes[i]]),
    );
    expect(file.headers.get("x-tapedeck-adjust")).toBe(mode);
    expect(file.headers.get("content-disposition")).toContain(mode === "raw" ? "-1d.csv" : `-1d-${mode}.csv`);
    const parquet = await fetch(`${api.address}/api/bars.parquet?symbol=${SYMBOL}&interval=1d&adjust=${mode}`);
    expect([parquet.status, parquet.headers.get("x-tapedeck-adjust")]).toEqual([200, mode]);

    const range = `resolution=1D&from=${BEGIN / SECOND}&to=${(BEGIN + 4 * DAY) / SECOND}&adjust=${mode}`;
    expect(await json(`/api/udf/history?symbol=${SYMBOL}&${range}`)).toMatchObject({ s: "ok", c: closes, v: volumes });

    const asked = `symbol=${SYMBOL}&interval=1d&from=${BEGIN}&to=${BEGIN + 4 * DAY}&indicators=sma:1&adjust=${mode}`;
    const values = OUTPUTS.indicators.strict().parse(await json(`/api/v1/indicators.values?${asked}`));
    expect([values.adjust, values.indicators[0]?.lines[0]?.values]).toEqual([mode, closes]);
  }
});

test("programs get what was traded unless they ask otherwise, clients of the datafeed what charts show", async () => {
  expect((await page("")).adjustment.mode).toBe("raw");
  const range = `resolution=1D&from=${BEGIN / SECOND}&to=${(BEGIN + 4 * DAY) / SECOND}`;
  const udf = await fetch(`${api.address}/api/udf/history?symbol=${SYMBOL}&${range}`);
  expect([udf.headers.get("x-tapedeck-adjust"), await udf.json()]).toMatchObject(["split", { c: [100, 99, 100, 102] }]);
});

test("a ratio is of adjusted legs, with the factors of both; what is stored stays as traded", async () => {
  const closes = async (symbol: string) => (await page("&adjust=split", symbol)).bars.map(({ close }) => close);
  expect(await closes(`${SYMBOL}/${PLAIN}`)).toEqual([2, 1.98, 2, 2.04]);
  expect(await closes(`${PLAIN}/${SYMBOL}`)).toEqual([0.5, 50 / 99, 0.5, 50 / 102]);
  expect(await closes(`${SYMBOL}-${PLAIN}`)).toEqual([50, 49, 50, 52]);
  const { adjustment } = await page("&adjust=split", `${PLAIN}/${SYMBOL}`);
  expect(adjustment.steps.map(({ price }) => price)).toEqual([1, 4]);
  const lineage = await json(`/api/v1/bars.lineage?symbol=${SYMBOL}&interval=1d&start=${BEGIN}`);
  expect(lineage).toMatchObject({ raw: { close: 400, volume: 1_000 } });
});

test("actions that cannot be are refused with words", async () => {
  expect((await setActions([...ACTIONS, ACTIONS[1]])).error?.message).toBe(
    "2024-08-07 has two splits: enter them as one.",
  );
  expect((await setActions([{ kind: "split", day: "2024-08-07", newShares: 0, oldShares: 1 }])).status).toBe(400);
  // Oldest first, whatever the order in which they were entered.
  expect((await api.elasticsearch.tickers.get(SYMBOL))?.ticker.actions).toEqual(ACTIONS);
});
