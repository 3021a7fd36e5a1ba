import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "#lib/config/config.ts";
import { tickerSchema, type Ticker } from "#lib/contracts/tickers.ts";
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

/** The tickers of the chosen sources, and of the simulated ones as many as the configuration wants: the file's, then generated ones. */
export function chooseSeed(
  seed: readonly SeedTicker[],
  config: Pick<Config, "TAPEDECK_SOURCES" | "SIMULATOR_SYMBOLS">,
  now: number,
): Ticker[] {
  const sources = config.TAPEDECK_SOURCES.split(",");
  const chosen = seed.filter(({ source }) => sources.includes(source));
  const simulated = chosen.filter(({ source }) => source === "simulator");
  const others = chosen.filter(({ source }) => source !== "simulator");
  const missing = sources.includes("simulator") ? Math.max(0, config.SIMULATOR_SYMBOLS - simulated.length) : 0;
  const known = new Set(simulated.map(({ symbol }) => symbol));
  const generated = generateSeed(missing, known);
  return [...simulated.slice(0, config.SIMULATOR_SYMBOLS), ...generated, ...others].map((ticker) =>
    Object.assign({ addedAt: now, updatedAt: now }, ticker),
  );
}

/** Companies of the simulated market that the file does not name. */
function generateSeed(count: number, known: ReadonlySet<string>): SeedTicker[] {
  const tickers: SeedTicker[] = [];
  for (let index = 0; tickers.length < count; index++) {
    const { ticker, name, sector } = companyAt(index);
    if (known.has(`SIM:${ticker}`)) continue;
    tickers.push({
      symbol: `SIM:${ticker}`,
      name,
      sourceSymbol: ticker,
      source: "simulator",
      sector: SECTORS[sector] ?? null,
      formerTickers: [],
      aliases: [],
      currency: "USD",
      tickSize: 0.01,
      marketValue: null,
      liquidity: 0,
      state: "enabled",
    });
  }
  return tickers;
}
