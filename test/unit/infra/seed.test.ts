import { describe, expect, test } from "vitest";
import { readConfig } from "#lib/config/config.ts";
import { tickerSchema } from "#lib/contracts/tickers.ts";
import { chooseSeed, readSeed, SEED_FILE } from "#infra/seed.ts";

const seed = readSeed(SEED_FILE);

function calendars(sessions: string): Set<string> {
  const config = readConfig({ TAPEDECK_SOURCES: "simulator,binance", SIMULATOR_SESSIONS: sessions });
  return new Set(chooseSeed(seed, config, 5).map(({ source, calendar }) => `${source} ${calendar}`));
}

describe("the seed file", () => {
  test("has each symbol once, with a sector, a size and a place in the ranking", () => {
    expect(new Set(seed.map(({ symbol }) => symbol)).size).toBe(seed.length);
    expect(
      seed.every(({ sector, marketValue, liquidity }) => sector !== null && marketValue !== null && liquidity > 0),
    ).toBe(true);
  });

  test("has what the default configuration wants", () => {
    const counts = ["simulator", "binance", "coinbase"].map(
      (each) => seed.filter(({ source }) => source === each).length,
    );
    expect(counts).toEqual([60, 3, 3]);
  });

  test("is refused, saying where, when it is no list of tickers", () => {
    expect(() => readSeed("package.json")).toThrow("package.json is no list of tickers");
  });
});

describe("what is seeded", () => {
  test("are the tickers of the chosen sources only", () => {
    const config = readConfig({ TAPEDECK_SOURCES: "coinbase" });
    expect(chooseSeed(seed, config, 5).map(({ symbol }) => symbol)).toEqual([
      "COINBASE:BTC-USD",
      "COINBASE:ETH-USD",
      "COINBASE:SOL-USD",
    ]);
  });

  test("are as many simulated symbols as are wanted", () => {
    const config = readConfig({ TAPEDECK_SOURCES: "simulator", SIMULATOR_SYMBOLS: "7" });
    const chosen = chooseSeed(seed, config, 5);
    expect(chosen).toHaveLength(7);
    expect(chosen[0]).toMatchObject({ symbol: "SIM:AAPL", addedAt: 5, updatedAt: 5 });
  });

  test("trade in the sessions of the market that is simulated", () => {
    expect(calendars("us")).toEqual(new Set(["simulator us-equities", "binance utc"]));
    expect(calendars("always")).toEqual(new Set(["simulator utc", "binance utc"]));
  });

  test("go on beyond the file with what the simulator lists, each once", () => {
    const config = readConfig({ TAPEDECK_SOURCES: "simulator", SIMULATOR_SYMBOLS: "300" });
    const chosen = chooseSeed(seed, config, 5);
    expect(new Set(chosen.map(({ symbol }) => symbol)).size).toBe(300);
    expect(chosen.every((ticker) => tickerSchema.safeParse(ticker).success)).toBe(true);
  });
});
