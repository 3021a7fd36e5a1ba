import type { BarReader, SourceStore } from "../../contracts/stores.ts";
import { type CalendarName, windowOf } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { INTERVALS, MINUTE, SECOND, type Interval, type Micros } from "../../domain/interval.ts";
import { isAborted, sleep, type Clock } from "../clock.ts";
import type { SymbolSurvey } from "./survey.ts";

export interface WaitStoredOptions {
  symbols: readonly SymbolSurvey[];
  calendar: CalendarName;
  /** For each partition, the offset behind the last line of the recording. */
  ends: readonly { partition: number; end: number }[];
  sources: Pick<SourceStore, "workers">;
  bars: Pick<BarReader, "get" | "refresh">;
  clock: Clock;
  /** Told each second what is waited for. */
  say: (text: string) => void;
  signal: AbortSignal;
}

const POLL_EVERY: Micros = SECOND / 2;
/** Without any progress for this long it is given up. */
const PATIENCE: Micros = 2 * MINUTE;

/** Waits until the engine has stored everything up to `ends`, and the last bar of each symbol and interval is final. False when it stands still. */
export async function waitUntilStored(options: WaitStoredOptions): Promise<boolean> {
  const { clock, ends, say, signal, symbols } = options;
  const open = new Set(symbols.flatMap((survey) => INTERVALS.map((interval) => ({ survey, interval }))));
  let moved = clock.now();
  let before = "";
  while (!isAborted(signal)) {
    const stored = await storedPositions(options).catch(() => null);
    const behind = ends.filter(({ partition, end }) => (stored?.get(partition) ?? 0) < end);
    if (stored && behind.length === 0) await closeFinal(open, options);
    // Whoever has waited reads them next, and must not find less than was waited for.
    if (stored && behind.length === 0 && open.size === 0 && (await isRefreshed(options))) return true;
    const state = JSON.stringify([[...(stored ?? [])], open.size]);
    if (state !== before) moved = clock.now();
    before = state;
    if (clock.now() - moved > PATIENCE) return false;
    say(waitingFor(stored, ends, behind, open.size));
    await sleep(clock, POLL_EVERY, signal);
  }
  return false;
}

async function isRefreshed({ bars }: WaitStoredOptions): Promise<boolean> {
  return bars.refresh().then(
    () => true,
    () => false,
  );
}

/** What the aggregate processes say of their newest checkpoints, by partition. */
async function storedPositions({ sources }: WaitStoredOptions): Promise<Map<number, number>> {
  const workers = await sources.workers();
  const reports = workers.toSorted((a, b) => a.updated - b.updated).flatMap(({ partitions }) => partitions);
  return new Map(reports.map(({ partition, checkpoint }) => [partition, checkpoint]));
}

async function closeFinal(
  open: Set<{ survey: SymbolSurvey; interval: Interval }>,
  options: WaitStoredOptions,
): Promise<void> {
  for (const each of open) {
    const { symbol, lastTrade } = each.survey;
    const found = lastTrade === null ? null : await lastBar(options, symbol, each.interval, lastTrade);
    if (lastTrade === null || found?.document.final === true) open.delete(each);
  }
}

function lastBar(
  { bars, calendar }: Pick<WaitStoredOptions, "bars" | "calendar">,
  symbol: string,
  interval: Interval,
  time: Micros,
): ReturnType<BarReader["get"]> {
  return bars.get(symbol, interval, windowOf(calendarOf(calendar), interval, time).start).catch(() => null);
}

function waitingFor(
  stored: Map<number, number> | null,
  ends: WaitStoredOptions["ends"],
  behind: WaitStoredOptions["ends"],
  open: number,
): string {
  if (!stored) return "waiting for Elasticsearch to answer";
  if (stored.size === 0) return "waiting for an aggregate process (is npm start running?)";
  if (behind.length === 0) return `waiting for ${open} last bars to be final`;
  const frames = behind.reduce((sum, { partition, end }) => sum + end - (stored.get(partition) ?? 0), 0);
  return `waiting for the engine: ${frames} frames in ${behind.length} of ${ends.length} partitions are not stored yet`;
}
