import { backoff } from "../domain/backoff.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { errorCode, errorMessage } from "../errors.ts";
import type { Feed, FeedTick } from "../feeds/feed.ts";
import type { ChannelStatus } from "./channel-status.ts";
import type { ChannelWriter } from "./channel-writer.ts";
import { isAborted, momentOf, sleep, type Clock, type Moment } from "./clock.ts";
import type { Framer } from "./framer.ts";
import { resumePoint, type ResumePoint, type SymbolProgress } from "./symbol-progress.ts";

/** Symbols of one channel that are filled at a time; the feed keeps the source's rate limit. */
const PARALLEL = 4;
/** A source that fails, or whose history lags behind its stream, is asked this often before the gap is given up: 20 to 40 s. */
const ATTEMPTS = 6;
const RETRY = { first: 1_000, most: 15_000 };
const LATE_HISTORY: Micros = SECOND;
/** How long after the connection history is asked: its clock is measured by then, and its history has the trades of the last moment. */
const ASK_AFTER: Micros = 50_000;
const TRANSIENT = new Set(["UNAVAILABLE", "TIMEOUT", "RATE_LIMITED"]);

export interface GapFillerOptions {
  feed: Pick<Feed, "capabilities" | "trades">;
  writer: ChannelWriter;
  framer: Framer;
  clock: Clock;
  status: ChannelStatus;
  /** Aborts with the connection; what is open then is filled over the next one. */
  signal: AbortSignal;
  /** All gaps are filled. */
  filled: () => void;
}

/** Fills the gaps of one connection. While `isOpen` no proof may be written. */
export class GapFiller {
  readonly #options: GapFillerOptions;
  readonly #open = new Set<SymbolProgress>();
  readonly #queue: SymbolProgress[] = [];
  /** The newest trade of each symbol before this connection. */
  readonly #before = new Map<SymbolProgress, { id: number; idSpace?: string | undefined }>();
  /** Those whose history since the last connection was asked for. */
  readonly #resumed = new Set<SymbolProgress>();
  /** When the stream began to give everything. */
  #connectedAt: Moment | null = null;
  #isStarted = false;
  #isHistoryDown = false;
  #running = 0;

  /** Every symbol is open from the start: something may be missing until history was asked. */
  constructor(options: GapFillerOptions, symbols: Iterable<SymbolProgress>) {
    this.#options = options;
    for (const symbol of symbols) {
      // Without a trade before the interruption, one that comes after it does not continue anything.
      symbol.joined &&= symbol.run.last !== null;
      if (symbol.run.last !== null) this.#before.set(symbol, symbol.run.last);
      this.open(symbol);
    }
  }

  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  has(symbol: SymbolProgress): boolean {
    return this.#open.has(symbol);
  }

  /** Something is missing of this symbol. */
  open(symbol: SymbolProgress): void {
    if (this.#open.has(symbol)) return;
    this.#open.add(symbol);
    this.#queue.push(symbol);
    this.#next();
  }

  /** The symbol is no longer collected. */
  drop(symbol: SymbolProgress): void {
    if (this.#open.delete(symbol)) this.#settled();
  }

  /** The stream runs, and gives everything from now on. */
  connected(): void {
    if (this.#connectedAt !== null) return;
    const { clock, signal } = this.#options;
    this.#connectedAt = momentOf(clock);
    void sleep(clock, ASK_AFTER, signal).then(() => this.#start());
  }

  #start(): void {
    this.#isStarted = true;
    this.#next();
    this.#settled();
  }

  #settled(): void {
    if (!this.isOpen && this.#isStarted && !this.#options.signal.aborted) this.#options.filled();
  }

  #next(): void {
    while (this.#isStarted && this.#running < PARALLEL) {
      const symbol = this.#queue.shift();
      if (!symbol) return;
      if (!this.#open.has(symbol)) continue;
      this.#running += 1;
      void this.#fill(symbol).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  async #fill(symbol: SymbolProgress): Promise<void> {
    if (!this.#resumed.has(symbol)) await this.#resume(symbol);
    await this.#closeGaps(symbol);
    if (this.#options.signal.aborted || !this.#open.has(symbol)) return;
    const { lostUntil } = symbol;
    if (symbol.frozen || lostUntil !== null) this.#options.writer.ready(symbol.ticker.symbol, lostUntil ?? undefined);
    symbol.frozen = false;
    symbol.lostUntil = null;
    this.#open.delete(symbol);
    this.#settled();
  }

  /** Fetches what came since the log was last known to be complete: all that the source has, for by our clock nobody can say where that ends. */
  async #resume(symbol: SymbolProgress): Promise<void> {
    const point = resumePoint(symbol);
    const complete =
      this.#isContinued(symbol) ||
      (point !== null && this.#reaches(point) && (await this.#fetch(symbol, point, Infinity)));
    if (this.#options.signal.aborted) return;
    this.#resumed.add(symbol);
    symbol.joined = true;
    if (complete) return;
    const { clock, status } = this.#options;
    const completeFrom = Math.ceil(status.clockOffset.latest(this.#connectedAt ?? momentOf(clock)));
    symbol.known = completeFrom;
    lose(symbol, completeFrom);
  }

  /** The stream has gone on with the very next trade: nothing came between, and history need not be asked. */
  #isContinued(symbol: SymbolProgress): boolean {
    const before = this.#before.get(symbol);
    const { joined, run } = symbol;
    if (!joined || !before || !run.last || run.gaps.length > 0) return false;
    return run.has(before) && run.last.id > before.id;
  }

  async #closeGaps(symbol: SymbolProgress): Promise<void> {
    for (let tries = 1; !this.#options.signal.aborted;) {
      const [gap] = symbol.run.gaps;
      if (!gap) return;
      const point = { afterId: gap.after, from: gap.from };
      const answered = this.#reaches(point) && (await this.#fetch(symbol, point, gap.to + 1));
      if (isAborted(this.#options.signal)) return;
      if (symbol.run.gaps[0]?.after !== gap.after) {
        tries = 1;
      } else if (!answered || tries >= ATTEMPTS) {
        symbol.run.close(gap);
        lose(symbol, gap.to);
      } else {
        await this.#pause(tries);
        tries += 1;
      }
    }
  }

  #reaches({ from }: ResumePoint): boolean {
    const { clock, feed, status } = this.#options;
    return status.clockOffset.at(momentOf(clock)) - from <= feed.capabilities.gapFill;
  }

  async #pause(tries: number): Promise<void> {
    const { clock, signal } = this.#options;
    await sleep(clock, backoff(tries, RETRY, clock.random()) * 1_000, signal);
  }

  /** Writes what history has behind a point, before `to`. False when it cannot be had. */
  async #fetch(symbol: SymbolProgress, point: ResumePoint, to: Micros): Promise<boolean> {
    const { clock, feed, signal, status } = this.#options;
    const cursor = { ...point };
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        const request = { ticker: symbol.ticker, ...cursor, to, signal };
        let isEmpty = true;
        for await (const batch of feed.trades(request)) {
          await this.#take(symbol, cursor, batch);
          isEmpty &&= batch.length === 0;
        }
        // The stream has a trade that history does not show yet: it may hide others.
        if (!isEmpty || cursor.afterId !== null || symbol.run.last === null || tries > 1) return true;
        await sleep(clock, LATE_HISTORY, signal);
      } catch (error) {
        if (isAborted(signal)) return false;
        status.failed(`The gap of ${symbol.ticker.symbol} cannot be filled: ${errorMessage(error)}`, clock.now());
        if (!TRANSIENT.has(errorCode(error))) return false;
        // Once is enough to know: the other symbols must not wait for it one after the other.
        this.#isHistoryDown ||= tries >= ATTEMPTS;
        if (this.#isHistoryDown) return false;
        await this.#pause(tries);
      }
    }
    return false;
  }

  async #take(symbol: SymbolProgress, cursor: ResumePoint, batch: readonly FeedTick[]): Promise<void> {
    const { clock, framer, signal, status, writer } = this.#options;
    await framer.room(signal);
    if (signal.aborted || !this.#open.has(symbol)) return;
    const receivedTime = status.clockOffset.receipt(clock.now(), batch.at(-1)?.time ?? 0, momentOf(clock));
    const trades = batch.filter((tick) => tick.type === "trade").toSorted((a, b) => a.id - b.id);
    for (const tick of batch) {
      if (tick.type === "quote" || !symbol.run.has(tick)) writer.tick(tick, receivedTime);
    }
    status.ticks += batch.length;
    const last = trades.at(-1);
    const [first] = trades;
    if (!first || !last) return;
    // History leaves nothing out: what lies between its answers, or between the known id and its first, does not exist.
    const gaps = symbol.run.gaps.length;
    symbol.run.fill(cursor.afterId === null ? first : { ...first, id: cursor.afterId + 1 }, last);
    status.gapsFilled += Math.max(0, gaps - symbol.run.gaps.length);
    cursor.afterId = last.id;
    cursor.from = last.time;
  }
}

/** Its next `ready` says so, be it over another connection. */
function lose(symbol: SymbolProgress, until: Micros): void {
  symbol.lostUntil = Math.max(symbol.lostUntil ?? 0, until);
}
