import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "#lib/config/config.ts";
import { tickerSchema, type Ticker } from "#lib/contracts/tickers.ts";
import { calendarOfMarket } from "#lib/domain/market/activity.ts";
import { TapedeckError } from "#lib/errors.ts";
import { companyAt, SECTORS } from "#lib/feeds/simulator/listings.ts";

/** A ticker as the seed file has it: all but what the moment of seeding decides. */
export const seedSchema = z.array(tickerSchema.omit({ addedAt: true, updatedAt: true }));
export type SeedTicker = z.infer<typeof seedSchema>[number];

export const SEED_FILE = join(import.meta.dirname, "tickers.json");

/** Throws BAD_CONFIGURATION when the file is not a list of tickers. */
export function readSeed(file: string): SeedTicker[] {
  const parsed = seedSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).slice(0, 5);
  throw new TapedeckError("BAD_CONFIGURATION", `${file} is no list of tickers: ${wrong.join("; ")}`);
}

/**
 * The tickers of the chosen sources, and as many simulated ones as the configuration wants: those of the file first, then
 * what else the simulator lists. The sessions of the simulated market are theirs.
 */
export function chooseSeed(
  seed: readonly SeedTicker[],
  config: Pick<Config, "TAPEDECK_SOURCES" | "SIMULATOR_SYMBOLS" | "SIMULATOR_SESSIONS">,
  now: number,
): Ticker[] {
  const sources = config.TAPEDECK_SOURCES.split(",");
  const calendar = calendarOfMarket(config.SIMULATOR_SESSIONS);
  const simulated = sources.includes("simulator") ? simulatedTickers(seed, config.SIMULATOR_SYMBOLS) : [];
  const others = seed.filter(({ source }) => source !== "simulator" && sources.includes(source));
  const times = { addedAt: now, updatedAt: now };
  return [
    ...simulated.map((ticker) => Object.assign({}, ticker, times, { calendar })),
    ...others.map((ticker) => Object.assign({}, ticker, times)),
  ];
}

function simulatedTickers(seed: readonly SeedTicker[], count: number): SeedTicker[] {
  const tickers = seed.filter(({ source }) => source === "simulator").slice(0, count);
  const taken = new Set(tickers.map(({ sourceSymbol }) => sourceSymbol));
  for (let index = 0; tickers.length < count; index += 1) {
    const company = companyAt(index);
    if (!taken.has(company.ticker)) tickers.push(simulatedTicker(company));
  }
  return tickers;
}

function simulatedTicker({ ticker, name, sector, rank }: ReturnType<typeof companyAt>): SeedTicker {
  return {
    symbol: `SIM:${ticker}`,
    name,
    sourceSymbol: ticker,
    source: "simulator",
    sector: SECTORS[sector] ?? null,
    formerTickers: [],
    aliases: [],
    calendar: "utc",
    profile: "all",
    currency: "USD",
    actions: [],
    tickSize: 0.01,
    marketValue: null,
    liquidity: Math.round(1e9 / (rank + 1)),
    state: "enabled",
  };
}
