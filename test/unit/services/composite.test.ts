import { describe, expect, test } from "vitest";
import type { BarsPage, BarView } from "#lib/contracts/views.ts";
import { joinedPages } from "#lib/services/composite/export.ts";
import { compositePage, type PageQuery } from "#lib/services/composite/page.ts";
import { compositeOf } from "#lib/services/composite/search.ts";
import { bar } from "../ui/bars.ts";
import { backfill, ticker } from "./fixtures.ts";

const [A, B] = ["SIM:A", "SIM:B"];
const RATIO = { symbol: "SIM:A/SIM:B", operation: "/", left: A, right: B } as const;

const UNADJUSTED: BarsPage["adjustment"] = { mode: "raw", steps: [], next: null };

/** Bars of two legs by their starts, paged as a symbol's are. */
function legs(starts: Readonly<Record<string, readonly number[]>>, over: Partial<BarsPage> = {}) {
  const reads: string[] = [];
  const read = ({ symbol, to = Infinity, limit, interval }: PageQuery): Promise<BarsPage> => {
    reads.push(`${symbol} ${to}`);
    const before = (starts[symbol] ?? []).filter((start) => start < to);
    const bars = before.slice(-limit).map((start) => bar(start));
    return Promise.resolve({
      symbol,
      interval,
      bars,
      adjustment: UNADJUSTED,
      more: before.length > limit,
      settling: false,
      backfill: null,
      ...over,
    });
  };
  const of = (symbol: string) => (query: Omit<PageQuery, "symbol">) => read({ ...query, symbol });
  const page = (limit: number, to?: number) =>
    compositePage([of(A), of(B)], RATIO, { interval: "1m", adjust: "raw", limit, to });
  return { page, reads };
}
const upTo = (count: number, step = 1): number[] => Array.from({ length: count }, (_, index) => index * step);
const startsOf = ({ bars }: BarsPage): number[] => bars.map(({ start }) => start);

async function* pagesOf(...pages: number[][]): AsyncGenerator<BarView[]> {
  for (const starts of pages) yield starts.map((start) => bar(start));
}

describe("a page", () => {
  test("is the newest windows in which both traded, of as many pages of the legs as half a page takes", async () => {
    const { page, reads } = legs({ [A]: upTo(100), [B]: upTo(25, 4) });
    const found = await page(10);
    expect(startsOf(found)).toEqual(upTo(5, 4).map((start) => start + 80));
    expect(found).toMatchObject({ symbol: RATIO.symbol, interval: "1m", more: true, backfill: null });
    expect(reads.length).toBeLessThanOrEqual(12);
    expect(startsOf(await page(3, 60))).toEqual([48, 52, 56]);
  });

  test("paged back gives every window once, and ends", async () => {
    const { page } = legs({ [A]: upTo(60), [B]: upTo(40, 3) });
    const all: number[] = [];
    let [to, more] = [undefined as number | undefined, true];
    while (more) {
      const found = await page(4, to);
      all.unshift(...startsOf(found));
      [to, more] = [found.bars[0]?.start, found.more];
    }
    expect(all).toEqual(upTo(20, 3));
  });

  test("reaches over a weekend on which only one leg trades, to the windows before it", async () => {
    const friday = upTo(600);
    const weekend = upTo(5_000).map((minute) => minute + 600);
    const { page } = legs({ [A]: [...friday, ...weekend], [B]: friday });
    expect(startsOf(await page(500))).toEqual(friday.slice(-500));
    expect(startsOf(await page(1))).toEqual([599]);
    expect(startsOf(await page(1, 3_000))).toEqual([599]);
  });

  test("is found behind hundreds of windows in which the legs took turns", async () => {
    const { page } = legs({
      [A]: [5, ...upTo(400, 2).map((start) => start + 10)],
      [B]: [5, ...upTo(400, 2).map((start) => start + 11)],
    });
    expect(startsOf(await page(1))).toEqual([5]);
  });

  test("says that history of a leg is on its way, and reads on only when it is there", async () => {
    const { state, progress, bars, reason, from, to } = backfill({ state: "fetching", progress: 0.5 });
    const { page, reads } = legs(
      { [A]: [1], [B]: [1] },
      { more: true, backfill: { state, progress, bars, reason, from, to } },
    );
    expect(await page(10)).toMatchObject({ more: true, backfill: { state: "fetching", progress: 0.5 } });
    expect(reads).toHaveLength(2);
  });

  test("of a leg without any bar is empty", async () => {
    expect(await legs({ [A]: upTo(5) }).page(10)).toMatchObject({ bars: [], more: false });
  });
});

test("a file joins pages of any lengths", async () => {
  const joined: number[] = [];
  for await (const page of joinedPages("-", pagesOf([0, 1, 2], [], [5, 6, 9]), pagesOf([1], [2, 4, 6, 7], [9], [10]))) {
    joined.push(...page.map(({ start }) => start));
  }
  expect(joined).toEqual([1, 2, 6, 9]);
});

describe("a search", () => {
  const all = [
    ticker({ symbol: "SIM:AAPL", name: "Apple" }),
    ticker({ symbol: "SIM:MSFT", name: "Microsoft" }),
    ticker({ symbol: "COINBASE:BTC-USD", name: "Bitcoin", liquidity: 9 }),
    ticker({ symbol: "COINBASE:ETH-USD", name: "Ether", liquidity: 9 }),
    ticker({ symbol: "TAPE:ETH-USD", name: "Ether, recorded" }),
    ticker({ symbol: "TAPE:BTC-USD", name: "Bitcoin, recorded" }),
    ticker({ symbol: "SIM:GONE", state: "removed" }),
  ];
  const needs = {
    directory: { list: () => Promise.resolve(all.map((one) => ({ ticker: one, version: "1" }))) },
    tickers: {
      search: ({ words }: { words: string }) => {
        const found = all.filter(({ name }) => name.toUpperCase().startsWith(words)).slice(0, 1);
        return Promise.resolve({ hits: found.map((one) => ({ ticker: one, matched: null })), total: 0, sectors: [] });
      },
    },
  };
  test.each([
    ["aapl/msft", "SIM:AAPL/SIM:MSFT"],
    ["SIM:AAPL - SIM:MSFT", "SIM:AAPL-SIM:MSFT"],
    ["btc-usd-eth-usd", "COINBASE:BTC-USD-COINBASE:ETH-USD"],
    ["tape:btc-usd / eth-usd", "TAPE:BTC-USD/TAPE:ETH-USD"],
    ["apple / micro", "SIM:AAPL/SIM:MSFT"],
    ["btc-usd", null],
    ["apple - micro", null],
    ["aapl/gone", null],
    ["aapl/aapl", null],
    ["aapl", null],
  ])("for %j finds %s", async (words, symbol) => {
    expect((await compositeOf(needs, words))?.symbol ?? null).toBe(symbol);
  });
});
