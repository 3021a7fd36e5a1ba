import { CALENDARS } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
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
 * happened, finds previous closes that were not there yet, and when a day or session begins or ends has all made anew. Resolves when the signal aborts.
 */
export async function keepQuotes(needs: Needs, signal: AbortSignal, warn: (error: unknown) => void): Promise<void> {
  let segments = segmentsAt(needs.now());
  for (let round = 0; !signal.aborted; round += 1) {
    await pause(EVERY, signal);
    if (needs.hub.statistics.subscribers === 0) continue;
    renew(needs);
    const present = segmentsAt(needs.now());
    if (present === segments && round % CLOSES_EVERY > 0) continue;
    await refresh(needs, present !== segments).catch(warn);
    segments = present;
  }
}

/** Tells the present segments of all calendars from others: with each new one some quotes have another day. */
function segmentsAt(now: Micros): string {
  return CALENDARS.map((calendar) => calendarOf(calendar).segmentOf(now).start).join(" ");
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
