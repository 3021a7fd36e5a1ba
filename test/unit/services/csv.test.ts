import { describe, expect, test } from "vitest";
import type { AdjustmentMode } from "#lib/domain/adjustment/steps.ts";
import type { BarReader, ChartBar, StoredBar } from "#lib/contracts/stores.ts";
import { type Interval, MINUTE } from "#lib/domain/interval.ts";
import { Zone } from "#lib/domain/zone.ts";
import { csvText } from "#lib/services/bars/csv.ts";
import { exportBars, mergedPages } from "#lib/services/bars/export.ts";
import { SharedReads } from "#lib/services/shared-reads.ts";
import { barsCsvInput, barsExportInput } from "#lib/services/bars/export-input.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { fakeTickers } from "./fake-stores.ts";
import { builtBar, givenBar, ticker, TODAY } from "./fixtures.ts";

const HEADER = "time,open,high,low,close,volume,vwap,trades,final,revision";

async function* pagesOf(...pages: StoredBar[][]): AsyncGenerator<StoredBar[]> {
  yield* pages;
}

async function lines(...pages: StoredBar[][]): Promise<string[]> {
  let text = "";
  for await (const piece of csvText(mergedPages(pagesOf(...pages)), new Zone("UTC"))) text += piece;
  return text.split("\n");
}

function parse(from: string): number | undefined {
  return barsExportInput.parse({ symbol: "SIM:AAPL", interval: "1m", from }).from;
}

describe("the text", () => {
  test("has the header and one line a window, its time in ISO UTC", async () => {
    expect(await lines([builtBar(0, { final: true, revision: 2, vwap: 0.1 + 0.2 })])).toEqual([
      HEADER,
      "2024-10-04T00:00:00.000Z,100,110,90,1,10,0.30000000000000004,3,true,2",
      "",
    ]);
  });

  test("has its times in the zone that is asked for", async () => {
    let text = "";
    for await (const piece of csvText(mergedPages(pagesOf([builtBar(0)])), new Zone("America/New_York"))) text += piece;
    expect(text.split("\n")[1]).toMatch(/^2024-10-03T20:00:00\.000-04:00,/);
    expect(barsCsvInput.safeParse({ symbol: "SIM:AAPL", interval: "1m", tz: "Mars/Base" }).success).toBe(false);
  });

  test("leaves empty what is not known", async () => {
    expect((await lines([givenBar(0)]))[1]).toBe("2024-10-04T00:00:00.000Z,100,110,90,2,20,,,true,0");
  });

  test("makes one line of a window whose bars lie on two pages", async () => {
    const text = await lines([builtBar(0), builtBar(1, { complete: false })], [givenBar(1), builtBar(2)], []);
    expect(text.slice(1, -1).map((line) => line.split(",")[4])).toEqual(["1", "2", "1"]);
  });

  test("is the header alone where nothing is stored", async () => {
    expect(await lines()).toEqual([HEADER, ""]);
  });
});

test("days are those of the regular session, unless another is asked for, and the file's name says so", async () => {
  const sessions: unknown[] = [];
  const bars = {
    scan: ({ session }: { session?: unknown }) => {
      sessions.push(session);
      return pagesOf();
    },
  };
  const services = {
    bars: bars as unknown as BarReader,
    directory: new TickerDirectory(fakeTickers(ticker()), () => TODAY),
    charts: new SharedReads<ChartBar[]>({ fresh: 0, capacity: 1, now: () => TODAY }),
    now: () => TODAY,
  };
  const nameOf = async (interval: Interval, session?: "pre", adjust: AdjustmentMode = "raw"): Promise<string> => {
    const asked = { symbol: "SIM:AAPL", interval, adjust, ...(session ? { session } : {}) };
    const { fileName, pages } = await exportBars(services, asked);
    for await (const page of pages) expect(page).toEqual([]);
    return fileName;
  };
  expect(await nameOf("5m", undefined, "total")).toBe("SIMULATED-SIM-AAPL-5m-total");
  expect([await nameOf("1d"), await nameOf("1d", "pre"), await nameOf("1m")]).toEqual([
    "SIMULATED-SIM-AAPL-1d",
    "SIMULATED-SIM-AAPL-1d-pre",
    "SIMULATED-SIM-AAPL-1m",
  ]);
  expect(sessions).toEqual([undefined, "regular", "pre", undefined]);
});

test.each([
  ["5m", 2],
  ["1h", 0],
  ["1d", 0],
] as const)("of two calendars there are, of %s, bars of %i legs to join: as in pages", async (interval, legs) => {
  const scanned: string[] = [];
  const bars = {
    scan: ({ symbol }: { symbol: string }) => {
      scanned.push(symbol);
      return pagesOf([builtBar(0, { symbol })]);
    },
  };
  const [stock, coin] = [ticker({ calendar: "us-equities" }), ticker({ symbol: "SIM:BTC", calendar: "utc" })];
  const services = {
    bars: bars as unknown as BarReader,
    directory: new TickerDirectory(fakeTickers(stock, coin), () => TODAY),
    charts: new SharedReads<ChartBar[]>({ fresh: 0, capacity: 1, now: () => TODAY }),
    now: () => TODAY,
  };
  const { pages } = await exportBars(services, { symbol: "SIM:AAPL/SIM:BTC", interval, adjust: "raw" });
  let found = 0;
  for await (const page of pages) found += page.length;
  expect([scanned.length, found]).toEqual([legs, legs / 2]);
});

describe("the address", () => {
  test.each([
    "2024-10-04",
    "2024-10-04T00:00",
    "2024-10-04T00:00:00Z",
    "2024-10-04T02:00:00+02:00",
    "1728000000",
    "1728000000000",
    "1728000000000000",
  ])("takes a time as %s", (text) => {
    expect(parse(text)).toBe(TODAY);
  });

  test("takes fractions of epoch seconds", () => {
    expect(parse("1728000060.5")).toBe(TODAY + MINUTE + 500_000);
  });

  test.each(["yesterday", "", "2024-1", "2024-13-01", "-5", "2024-10-04 00:00"])("refuses %j as a time", (text) => {
    expect(() => parse(text)).toThrow("must be a time in ISO 8601");
  });

  test("needs neither end of the range", () => {
    expect(barsExportInput.parse({ symbol: "SIM:AAPL", interval: "1d" })).toEqual({
      symbol: "SIM:AAPL",
      interval: "1d",
      adjust: "raw",
    });
    expect(barsExportInput.safeParse({ symbol: "SIM:AAPL", interval: "1d", session: "night" }).success).toBe(false);
  });
});
