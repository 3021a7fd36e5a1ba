import type { Config } from "../../config/config.ts";
import type { MarketOptions } from "../../domain/market/market.ts";

/** The market that the configuration asks for. */
export function marketOptions(
  config: Pick<Config, "SIMULATOR_SEED" | "SIMULATOR_RATE" | "SIMULATOR_SESSIONS" | "SIMULATOR_HALTS">,
): MarketOptions {
  const { SIMULATOR_HALTS: halts } = config;
  return {
    seed: config.SIMULATOR_SEED,
    rate: config.SIMULATOR_RATE,
    sessions: config.SIMULATOR_SESSIONS,
    halts: halts === "rare" || halts === "none" ? halts : new Set(halts.split(",")),
  };
}
