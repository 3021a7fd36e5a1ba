import { newBackfill, type BackfillDocument } from "../contracts/sources.ts";
import type { SourceStore } from "../contracts/stores.ts";
import type { Source, Ticker } from "../contracts/tickers.ts";
import { calendarOf } from "../domain/calendar/calendars.ts";
import { firstHistory } from "../domain/first-history.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { errorMessage } from "../errors.ts";
import type { Feed } from "../feeds/feed.ts";
import { warnSeldom, type Log } from "../log.ts";
import { chooseBackfills, idOf } from "./backfill-queue.ts";
import { runBackfill } from "./backfill-run.ts";
import type { ChannelWriter } from "./channel-writer.ts";
import { isAborted, sleep, type Clock } from "./clock.ts";
import type { Framer } from "./framer.ts";

const POLL_EVERY: Micros = SECOND;
/** So many tickers' first history is asked for in one request. */
const ASKED_AT_ONCE = 100;

/** No list is older than this. */
const LIST_AGE: Micros = 30 * SECOND;

/** A ticker whose channel this worker holds. */
export interface HeldTicker {
  ticker: Ticker;
  feed: Feed;
  writer: ChannelWriter;
  /** Live ticks flow. */
  isLive: boolean;
}

export interface BackfillsOptions {
  held: () => ReadonlyMap<string, HeldTicker>;
  sources: Pick<SourceStore, "backfills" | "putBackfill" | "wantBackfills">;
  framer: Framer;
  clock: Clock;
  log: Pick<Log, "warn">;
  signal: AbortSignal;
}

/** Fetches the history that was asked for of tickers whose channels this worker holds; asks for the first history of each once it is live. */
export class Backfills {
  readonly #options: BackfillsOptions;
  readonly #running = new Map<string, { source: Source; done: Promise<void> }>();
  /** When each of the requests that ended lately did: a list may be older than that. */
  readonly #ended = new Map<string, Micros>();
  /** Symbols whose first history was asked for. */
  readonly #asked = new Set<string>();
  /** Aborted when a request ends: the next one does not wait for the next look. */
  #ending = new AbortController();
  /** Bars written since the start. */
  bars = 0;

  constructor(options: BackfillsOptions) {
    this.#options = options;
  }

  /** Resolves after the signal aborts, when all requests are given back. Never rejects. */
  async run(): Promise<void> {
    const { clock, log, signal } = this.#options;
    const warn = warnSeldom((text) => log.warn(`Requests for history cannot be read: ${text}`));
    while (!isAborted(signal)) {
      this.#ending = new AbortController();
      try {
        await this.#askFirst();
        await this.#begin();
      } catch (error) {
        warn(errorMessage(error));
      }
      await sleep(clock, POLL_EVERY, AbortSignal.any([signal, this.#ending.signal]));
    }
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Asked for again, the same range is a no-op: a restart fetches nothing twice, but the days that have ended since. */
  async #askFirst(): Promise<void> {
    const { clock, held, sources } = this.#options;
    const now = clock.now();
    const fresh = [...held().values()].filter(({ ticker, isLive }) => isLive && !this.#asked.has(ticker.symbol));
    const asked = fresh.slice(0, ASKED_AT_ONCE);
    const wanted = asked.flatMap(({ ticker: { symbol, calendar }, feed }) =>
      firstHistory(calendarOf(calendar), feed.capabilities.history, now).map((span) =>
        newBackfill(symbol, span.interval, span, now),
      ),
    );
    const stored = await sources.wantBackfills(wanted);
    const outgrown = wanted.filter(({ interval, to }, at) => {
      const before = stored[at];
      return interval === "1d" && before?.state === "done" && before.to < to;
    });
    for (const request of outgrown) await sources.putBackfill(request);
    for (const { ticker } of asked) this.#asked.add(ticker.symbol);
  }

  async #begin(): Promise<void> {
    const { clock, held, sources } = this.#options;
    const tickers = held();
    if (tickers.size === 0) return;
    const listed = await sources.backfills({ states: ["wanted", "fetching"] });
    const documents = listed.filter((document) => document.updated > (this.#ended.get(idOf(document)) ?? 0));
    for (const [id, time] of this.#ended) if (clock.now() - time > LIST_AGE) this.#ended.delete(id);
    const running = new Map([...this.#running].map(([id, { source }]) => [id, source]));
    const sourceOf = (symbol: string): Source | null => tickers.get(symbol)?.feed.source ?? null;
    for (const document of chooseBackfills({ documents, sourceOf, running, now: clock.now() })) {
      const ticker = tickers.get(document.symbol);
      if (ticker) this.#start(document, ticker);
    }
  }

  #start(document: BackfillDocument, { ticker, feed, writer }: HeldTicker): void {
    const id = idOf(document);
    const done = runBackfill(document, { ...this.#options, ticker, feed, writer }).then((bars) => {
      this.bars += bars;
      this.#running.delete(id);
      this.#ended.set(id, this.#options.clock.now());
      this.#ending.abort();
      return undefined;
    });
    this.#running.set(id, { source: feed.source, done });
  }
}
