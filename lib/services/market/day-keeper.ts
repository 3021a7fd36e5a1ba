import { SECOND, windowStart, type Micros } from "../../domain/interval.ts";
import { pause } from "../pause.ts";
import type { Services } from "../services.ts";
import { refreshDaily } from "./refresh-daily.ts";

const EVERY: Micros = 5 * SECOND;

type Needs = Pick<Services, "daily" | "directory" | "hub" | "now">;

/**
 * While pages are connected: reads previous closes that were not there yet, and at the change of the UTC day has every quote made anew.
 * Resolves when the signal aborts.
 */
export async function keepDays(needs: Needs, signal: AbortSignal, warn: (error: unknown) => void): Promise<void> {
  let day = windowStart("1d", needs.now());
  while (!signal.aborted) {
    await pause(EVERY, signal);
    if (needs.hub.statistics.subscribers === 0) continue;
    const today = windowStart("1d", needs.now());
    await keepDay(needs, today !== day).catch(warn);
    day = today;
  }
}

async function keepDay(needs: Needs, changed: boolean): Promise<void> {
  const tickers = (await needs.directory.list()).map(({ ticker }) => ticker).filter(({ state }) => state === "enabled");
  if (changed) needs.hub.touch(tickers.map(({ symbol }) => symbol));
  await refreshDaily(needs, tickers, { sparklines: false });
}
