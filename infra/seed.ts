import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "#lib/config/config.ts";
import { tickerSchema, type Ticker } from "#lib/contracts/tickers.ts";
import { TapedeckError } from "#lib/errors.ts";

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

/** The tickers of the chosen sources, and of the simulated ones as many as the configuration wants. */
export function chooseSeed(
  seed: readonly SeedTicker[],
  config: Pick<Config, "TAPEDECK_SOURCES" | "SIMULATOR_SYMBOLS">,
  now: number,
): Ticker[] {
  const sources = config.TAPEDECK_SOURCES.split(",");
  let simulated = 0;
  return seed
    .filter(({ source }) => sources.includes(source))
    .filter(({ source }) => source !== "simulator" || (simulated += 1) <= config.SIMULATOR_SYMBOLS)
    .map((ticker) => Object.assign({ addedAt: now, updatedAt: now }, ticker));
}
