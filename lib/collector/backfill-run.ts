import type { BackfillDocument } from "../contracts/sources.ts";
import type { SourceStore } from "../contracts/stores.ts";
import type { Ticker } from "../contracts/tickers.ts";
import { backoff } from "../domain/backoff.ts";
import { windowOf } from "../domain/calendar/calendar.ts";
import { calendarOf } from "../domain/calendar/calendars.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { errorCode, errorMessage } from "../errors.ts";
import type { Feed } from "../feeds/feed.ts";
import type { Log } from "../log.ts";
import type { ChannelWriter } from "./channel-writer.ts";
import { isAborted, sleep, type Clock } from "./clock.ts";
import type { Framer } from "./framer.ts";

/** Progress is written this often, and also while the source says nothing: a request that nobody reports is taken over. */
const REPORT_EVERY: Micros = SECOND / 2;
const ALIVE_EVERY: Micros = 5 * SECOND;
const ATTEMPTS = 4;
const RETRY = { first: 1_000, most: 15_000 };
const TRANSIENT = new Set(["UNAVAILABLE", "TIMEOUT", "RATE_LIMITED"]);

export interface BackfillOptions {
  ticker: Ticker;
  feed: Pick<Feed, "history" | "exchange">;
  writer: ChannelWriter;
  framer: Framer;
  sources: Pick<SourceStore, "putBackfill">;
  clock: Clock;
  log: Pick<Log, "warn">;
  signal: AbortSignal;
}

/** Fetches one range of history into the log. Its document says how far it has come, and at last `done`, or `failed` and why. Gives the number of bars that it wrote. Never rejects. */
export async function runBackfill(wanted: BackfillDocument, options: BackfillOptions): Promise<number> {
  const { clock, framer, sources, log, signal } = options;
  const document: BackfillDocument = { ...wanted, state: "fetching", bars: 0, progress: 0, reason: null };
  const put = async (change: Partial<BackfillDocument>): Promise<void> => {
    Object.assign(document, change, { updated: clock.now() });
    await sources.putBackfill({ ...document }).catch((error: unknown) => {
      log.warn(`The progress of ${document.symbol}'s history cannot be stored: ${errorMessage(error)}`);
    });
  };
  await put({});
  const alive = new AbortController();
  const end = (): void => alive.abort();
  signal.addEventListener("abort", end, { once: true });
  const beat = keepAlive(clock, alive.signal, () => put({}));
  try {
    await fetchBars(document, options, put);
    await framer.drained(signal);
    end();
    await beat;
    await put(signal.aborted ? { state: "wanted" } : { state: "done", progress: 1 });
  } catch (error) {
    end();
    await beat;
    await put(signal.aborted ? { state: "wanted" } : { state: "failed", reason: errorMessage(error) });
  }
  signal.removeEventListener("abort", end);
  return document.bars;
}

async function keepAlive(clock: Clock, signal: AbortSignal, report: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await sleep(clock, ALIVE_EVERY, signal);
    if (!isAborted(signal)) await report();
  }
}

/** After a passing fault it goes on where it was. */
async function fetchBars(
  document: BackfillDocument,
  options: BackfillOptions,
  put: (change: Partial<BackfillDocument>) => Promise<void>,
): Promise<void> {
  const { clock, signal, ticker } = options;
  const { from, to, interval } = document;
  let next = from;
  for (let tries = 1; ; tries += 1) {
    try {
      let reported = clock.now();
      for await (const newest of writtenBars(document, next, options)) {
        next = windowOf(calendarOf(ticker.calendar), interval, newest).end;
        tries = 1;
        if (clock.now() - reported < REPORT_EVERY) continue;
        reported = clock.now();
        await put({ progress: Math.min(1, Math.max(0, (next - from) / (to - from))) });
      }
      return;
    } catch (error) {
      if (signal.aborted || tries >= ATTEMPTS || !TRANSIENT.has(errorCode(error))) throw error;
      await put({ reason: `Asking again: ${errorMessage(error)}` });
      await sleep(clock, backoff(tries, RETRY, clock.random()) * 1_000, signal);
    }
  }
}

/** Writes bars from `next` on, and yields the start of the newest after each batch. */
async function* writtenBars(
  document: BackfillDocument,
  next: Micros,
  { feed, framer, signal, ticker, writer }: BackfillOptions,
): AsyncGenerator<Micros> {
  const { interval, to } = document;
  for await (const bars of feed.history({ ticker, interval, from: next, to, signal })) {
    await framer.room(signal);
    if (signal.aborted) return;
    for (const bar of bars) writer.bar(bar);
    document.bars += bars.length;
    document.reason = null;
    const newest = bars.at(-1);
    if (newest) yield newest.start;
  }
}
