import { SECOND, type Micros } from "../domain/interval.ts";
import { TapedeckError } from "../errors.ts";
import type { Feed, FeedEvent, FeedTick } from "../feeds/feed.ts";
import { ServerError } from "../feeds/source/server-error.ts";
import type { ChannelStatus } from "./channel-status.ts";
import type { ChannelSymbols } from "./channel-symbols.ts";
import type { ChannelWriter } from "./channel-writer.ts";
import { isAborted, momentOf, sleep, type Clock } from "./clock.ts";
import type { Framer } from "./framer.ts";
import { GapFiller } from "./gap-filler.ts";
import { isLeftBehind } from "./quiet-stream.ts";
import type { SymbolProgress } from "./symbol-progress.ts";

export interface ConnectionOptions {
  feed: Feed;
  writer: ChannelWriter;
  framer: Framer;
  status: ChannelStatus;
  clock: Clock;
  symbols: ChannelSymbols;
  /** The place of the server to connect to. */
  server: number;
  /** Ends the connection without an error. */
  signal: AbortSignal;
}

const WATCH_EVERY: Micros = 5 * SECOND;
/** A connection that stays silent for twice as long as its source ever is, and for this long, is dead. */
const DEAD_AFTER: Micros = 30 * SECOND;
/** A stream without a tick for this long is compared with history, as often. */
const QUIET: Micros = 60 * SECOND;
/** So many messages in a row that are not understood, with no tick between, are no stream. */
const MOST_REJECTED = 100;
/** For so long after one nothing is proved: it may have been a trade, which by then its symbol's next one, or a beat of its source, has shown to be missing. */
const DOUBTFUL: Micros = 10 * SECOND;
/** Without a proof for so long a connection closes no bar: another one may do better. */
const MOST_DOUBTFUL: Micros = 60 * SECOND;

/** One connection of a channel: hands what the source sends to the log, in its order, and proves it while no gap is open. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #ending = new AbortController();
  readonly #filler: GapFiller;
  #fault: TapedeckError | null = null;
  #proved: Micros | null = null;
  #isReading = true;
  #connectedAt: Micros | null = null;
  /** When a tick came last, or history was asked for one, by our steady clock. */
  #checkedAt: Micros = 0;
  #isComparing = false;
  /** Messages since the last tick that were not understood. */
  #rejected = 0;
  /** By our steady clock. */
  #doubtfulUntil: Micros = -Infinity;
  #doubtfulSince: Micros = -Infinity;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { feed, writer, framer, status, clock, symbols } = options;
    this.#filler = new GapFiller(
      {
        feed,
        writer,
        framer,
        status,
        clock,
        signal: this.#ending.signal,
        filled: () => status.become("live", null, clock.now()),
      },
      symbols.all(),
    );
  }

  /** Since when the stream has given everything, by our steady clock; null: it has not begun to. */
  get connectedAt(): Micros | null {
    return this.#connectedAt;
  }

  isOpen(symbol: SymbolProgress): boolean {
    return this.#filler.has(symbol);
  }

  drop(symbol: SymbolProgress): void {
    this.#filler.drop(symbol);
  }

  /** Runs until the signal aborts. Rejects with the source's error when it ends the stream. */
  async run(): Promise<void> {
    const { signal, status, clock, writer, symbols } = this.#options;
    const end = (): void => this.#ending.abort();
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    status.heard(clock.now());
    const watch = this.#watch();
    try {
      await this.#read();
    } finally {
      signal.removeEventListener("abort", end);
      end();
      writer.voidProofs();
      if (this.#proved !== null) symbols.proved(this.#proved, (symbol) => this.#filler.has(symbol));
      await watch;
    }
  }

  async #read(): Promise<void> {
    const { feed, server, symbols } = this.#options;
    const { signal } = this.#ending;
    try {
      for await (const event of feed.stream({ symbols: symbols.tickers(), server, signal })) {
        if (signal.aborted) break;
        this.#handle(event);
        if (event.type === "ticks") await this.#room();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (this.#fault) throw this.#fault;
    if (!signal.aborted) throw new TapedeckError("UNAVAILABLE", `${feed.exchange} ended the stream.`);
  }

  /** A source that is not read on is not silent. */
  async #room(): Promise<void> {
    const { clock, framer, status } = this.#options;
    this.#isReading = false;
    await framer.room(this.#ending.signal);
    this.#isReading = true;
    status.heard(clock.now());
  }

  #handle(event: FeedEvent): void {
    const { clock, status, writer } = this.#options;
    status.heard(clock.now());
    switch (event.type) {
      case "connected":
        this.#connected();
        return;
      case "ticks": // some may come before all symbols are subscribed
        this.#ticks(event.ticks, event.receivedTime);
        return;
      case "proof":
        if (this.#filler.isOpen || clock.steady() < this.#doubtfulUntil) return;
        this.#proved = event.time;
        writer.prove(event.time);
        return;
      case "cancel": {
        const { type: _, ...cancelled } = event;
        if (this.#options.symbols.get(cancelled.symbol)) writer.cancel(cancelled);
        return;
      }
      case "status": {
        if (!this.#options.symbols.get(event.status.symbol)) return;
        const receivedTime = status.clockOffset.receipt(event.receivedTime, event.status.time, momentOf(clock));
        writer.status(event.status, receivedTime);
        return;
      }
      case "clock":
        status.clockOffset.measure(event.offset, momentOf(clock));
        return;
      case "failed":
        status.failed(event.reason, clock.now());
        return;
      case "rejected":
        status.rejected += 1;
        status.failed(`A message was not understood: ${event.reason}`, clock.now());
        this.#garbled();
    }
  }

  #garbled(): void {
    const time = this.#options.clock.steady();
    if (time >= this.#doubtfulUntil) this.#doubtfulSince = time;
    this.#rejected += 1;
    this.#doubtfulUntil = time + DOUBTFUL;
    if (this.#rejected < MOST_REJECTED && time - this.#doubtfulSince < MOST_DOUBTFUL) return;
    const { exchange } = this.#options.feed;
    this.#fail(new ServerError("UNAVAILABLE", "garbled", `${exchange} goes on sending what is not understood.`));
  }

  #fail(fault: TapedeckError): void {
    this.#fault ??= fault;
    this.#ending.abort();
  }

  #connected(): void {
    const { clock, status } = this.#options;
    this.#connectedAt ??= clock.steady();
    this.#checkedAt = clock.steady();
    if (status.state !== "connecting") return;
    status.become("filling", null, clock.now());
    this.#filler.connected();
  }

  #ticks(ticks: readonly FeedTick[], read: Micros): void {
    const { clock, status, symbols, writer } = this.#options;
    const receivedTime = status.clockOffset.receipt(read, ticks.at(-1)?.time ?? 0, momentOf(clock));
    let newest = 0;
    let count = 0;
    for (const tick of ticks) {
      const symbol = symbols.get(tick.symbol);
      if (!symbol) continue; // it was removed, and the source goes on sending it until the next connection
      if (tick.type === "trade") {
        const arrival = symbol.run.arrive(tick);
        if (arrival === "duplicate") {
          status.duplicates += 1;
          continue;
        }
        if (arrival === "gap") this.#gap(symbol);
      }
      writer.tick(tick, receivedTime);
      count += 1;
      if (tick.time > newest) newest = tick.time;
    }
    this.#rejected = 0;
    this.#checkedAt = clock.steady();
    if (count > 0) status.received(count, newest, read, clock.now());
  }

  #gap(symbol: SymbolProgress): void {
    const { clock, status, writer } = this.#options;
    status.gapsFound += 1;
    writer.voidProofs();
    if (status.state === "live") {
      status.become("filling", `Trades of ${symbol.ticker.symbol} are missing and being fetched.`, clock.now());
    }
    this.#filler.open(symbol);
  }

  async #watch(): Promise<void> {
    const { clock, feed, status } = this.#options;
    const limit = Math.max(DEAD_AFTER, 2 * feed.capabilities.silence);
    const { signal } = this.#ending;
    const begun = clock.steady();
    while (!signal.aborted) {
      await sleep(clock, WATCH_EVERY, signal);
      if (isAborted(signal) || !this.#isReading) continue;
      const isLate = this.#connectedAt === null && clock.steady() - begun > limit;
      if (isLate) this.#silent(`has not begun to stream within ${limit / SECOND} s`);
      else if (status.silentFor(clock.now()) > limit) this.#silent(`has said nothing for ${limit / SECOND} s`);
      else void this.#checkQuiet();
    }
  }

  /** Of a source with servers of a network: some answer and have nothing more to say. Not awaited, for history may be slow while silence is judged. */
  async #checkQuiet(): Promise<void> {
    const { clock, feed, status } = this.#options;
    const { signal } = this.#ending;
    const now = clock.steady();
    if (feed.servers.length === 0 || status.state !== "live" || now - this.#checkedAt < QUIET) return;
    if (this.#isComparing) return;
    this.#checkedAt = now;
    this.#isComparing = true;
    const isBehind = await isLeftBehind({ ...this.#options, signal });
    this.#isComparing = false;
    if (isBehind && !isAborted(signal)) this.#silent("sends no trades, though its history has newer ones");
  }

  #silent(words: string): void {
    this.#fail(new ServerError("TIMEOUT", "silent", `${this.#options.feed.exchange} ${words}.`));
  }
}
