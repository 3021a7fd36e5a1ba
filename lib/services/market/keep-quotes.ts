import { SECOND, windowStart, type Micros } from "../../domain/interval.ts";
import { pause } from "../pause.ts";
import type { Services } from "../services.ts";
import { refreshDaily } from "./refresh-daily.ts";

const EVERY: Micros = SECOND;
/** Tickers and previous closes are looked at each so many rounds. */
const CLOSES_EVERY = 5;
/** A silent symbol is told of this often within the silence that its source allows. */
const PROOFS = 3;

type Needs = Pick<Services, "daily" | "directory" | "feeds" | "hub" | "now">;

/**
 * While pages are connected, does for quotes what no tick does: has those of silent symbols renewed as their channels prove that nothing
 * happened, finds previous closes that were not there yet, and at the change of the UTC day has all made anew. Resolves when the signal aborts.
 */
export async function keepQuotes(needs: Needs, signal: AbortSignal, warn: (error: unknown) => void): Promise<void> {
  let day = windowStart("1d", needs.now());
  for (let round = 0; !signal.aborted; round += 1) {
    await pause(EVERY, signal);
    if (needs.hub.statistics.subscribers === 0) continue;
    renew(needs);
    const today = windowStart("1d", needs.now());
    if (today === day && round % CLOSES_EVERY > 0) continue;
    await refresh(needs, today !== day).catch(warn);
    day = today;
  }
}

function renew({ directory, feeds, hub }: Needs): void {
  const live = directory.known().flatMap(({ ticker: { symbol, source, state } }) => {
    const silence = feeds.get(source)?.capabilities.silence;
    return state === "enabled" && silence !== undefined ? [{ symbol, within: silence / PROOFS }] : [];
  });
  hub.renew(live);
}

async function refresh(needs: Needs, changed: boolean): Promise<void> {
  const tickers = (await needs.directory.list()).map(({ ticker }) => ticker).filter(({ state }) => state === "enabled");
  if (changed) needs.hub.touch(tickers.map(({ symbol }) => symbol));
  await refreshDaily(needs, tickers);
}
