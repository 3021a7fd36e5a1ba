import type { LatestReader } from "../contracts/stores.ts";
import type { Ticker } from "../contracts/tickers.ts";
import { GOOD_SERVICE, pauseAfter } from "../domain/failover/servers.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { errorCode, errorMessage } from "../errors.ts";
import type { Feed } from "../feeds/feed.ts";
import { ServerOrder } from "../feeds/source/server-order.ts";
import { warnSeldom, type Log } from "../log.ts";
import type { ChannelLease } from "./channel-lease.ts";
import type { ChannelStatus } from "./channel-status.ts";
import { ChannelSymbols } from "./channel-symbols.ts";
import type { ChannelWriter } from "./channel-writer.ts";
import { aborted, isAborted, sleep, type Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import type { Framer } from "./framer.ts";
import { seekBetter } from "./better-server.ts";

export interface SessionOptions {
  feed: Feed;
  lease: ChannelLease;
  writer: ChannelWriter;
  framer: Framer;
  latest: LatestReader;
  status: ChannelStatus;
  clock: Clock;
  log: Pick<Log, "info" | "warn">;
}

const RENEW_EVERY: Micros = SECOND;
const MOST_TROUBLES = 20;
/** How long the end waits for acknowledgements. */
const DRAIN_LIMIT: Micros = 3 * SECOND;

interface Configuration {
  n: number;
  tickers: readonly Ticker[];
}

/**
 * Runs one channel while its lease is held: one connection after the other, each with its gaps filled, until it is ended or somebody else
 * has taken the channel. Whatever the source does stays within the channel.
 */
export class ChannelSession {
  readonly channel: string;
  readonly #options: SessionOptions;
  readonly #symbols = new ChannelSymbols();
  readonly #order: ServerOrder;
  /** What was begun, or is about to be. */
  #tickers: readonly Ticker[];
  /** To be begun before the next connection; its number is reserved. */
  #next: Configuration | null;
  #connection: Connection | null = null;
  /** Ends what the session is waiting for. */
  #interruption = new AbortController();
  readonly #ending = new AbortController();
  #lost = false;
  /** Why there was no connection, as it was logged since the last good one; at most one of each server and a few more. */
  readonly #troubles = new Set<string>();

  constructor(options: SessionOptions, tickers: readonly Ticker[]) {
    this.channel = options.writer.channel;
    this.#options = options;
    this.#tickers = tickers;
    this.#next = { n: options.lease.config, tickers };
    this.#order = new ServerOrder(options.feed.servers);
  }

  get status(): ChannelStatus {
    return this.#options.status;
  }

  get tickers(): readonly Ticker[] {
    return this.#tickers;
  }

  get writer(): ChannelWriter {
    return this.#options.writer;
  }

  /** Collects these from now on, under a new number; over the same connection where none is added. Errors as of the lease. */
  async follow(tickers: readonly Ticker[]): Promise<void> {
    const before = new Set(this.#tickers.map(streamOf));
    const isPart = tickers.every((ticker) => before.has(streamOf(ticker)));
    if (isPart && tickers.length === before.size) return;
    const n = await this.#options.lease.nextConfig(this.#report());
    this.#tickers = tickers;
    if (isPart && tickers.length > 0 && this.#next === null) {
      this.#begin({ n, tickers });
    } else {
      this.#next = { n, tickers };
      this.#interruption.abort();
    }
  }

  end(): void {
    this.#ending.abort();
    this.#interruption.abort();
  }

  /** Resolves when the session was ended and its lease given back, or when the lease was lost. Never rejects. */
  async run(): Promise<void> {
    const renewal = this.#renew();
    while (!this.#ending.signal.aborted) await this.#step();
    await renewal;
    if (this.#lost) return;
    const { clock, framer, lease, log, status } = this.#options;
    if (this.#next) this.#begin(this.#next);
    await Promise.race([framer.drained(), sleep(clock, DRAIN_LIMIT)]);
    status.become("idle", null, clock.now());
    status.symbols = 0;
    await lease.release(this.#report()).catch((error: unknown) => {
      log.warn({ channel: this.channel }, `lease not given back, it will run out: ${errorMessage(error)}`);
    });
  }

  async #step(): Promise<void> {
    if (this.#next) this.#begin(this.#next);
    const { clock, status } = this.#options;
    this.#interruption = new AbortController();
    const { signal } = this.#interruption;
    if (this.#symbols.size === 0) {
      status.become("idle", null, clock.now());
      await aborted(signal);
      return;
    }
    await this.#connect(signal);
  }

  async #connect(signal: AbortSignal): Promise<void> {
    const { clock, latest, status } = this.#options;
    const before = status.state === "failed" ? status.report(clock.now()).reason : null;
    status.nextAttempt = null;
    status.become("connecting", before, clock.now());
    try {
      await this.#symbols.learn(latest);
    } catch (error) {
      status.attempts += 1;
      await this.#failed(error, pauseAfter("unreachable", status.attempts, clock.random()), signal);
      return;
    }
    if (signal.aborted) return;
    const { place } = this.#order.next(clock.steady());
    this.#turnTo(place);
    const connection = new Connection({ ...this.#options, symbols: this.#symbols, server: place, signal });
    try {
      await this.#run(connection, signal);
      status.attempts = 0;
    } catch (error) {
      await this.#failed(error, this.#left(place, connection, error), signal);
    }
  }

  #turnTo(place: number): void {
    const { feed, log } = this.#options;
    if (place !== this.#order.chosen && feed.servers.length > 1) {
      log.info({ channel: this.channel }, `turns to ${this.#order.named(place)}`);
    }
    this.#order.choose(place);
  }

  async #run(connection: Connection, signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    this.#connection = connection;
    void this.#leaveForBetter(AbortSignal.any([signal, ended.signal]));
    try {
      await connection.run();
    } finally {
      this.#connection = null;
      ended.abort();
    }
  }

  /** A server has failed. How long to wait for the next. */
  #left(place: number, { connectedAt }: Connection, error: unknown): Micros {
    const { clock, status } = this.#options;
    const time = clock.steady();
    const served = connectedAt === null ? 0 : time - connectedAt;
    if (served >= GOOD_SERVICE) {
      status.attempts = 0;
      this.#troubles.clear();
    }
    status.attempts += 1;
    this.#order.failed(place, error, { time, served, random: clock.random() });
    return this.#order.next(time).at - time;
  }

  async #leaveForBetter(signal: AbortSignal): Promise<void> {
    if (this.#order.chosen === 0) return;
    const { channel } = this;
    const isFound = await seekBetter({ ...this.#options, order: this.#order, symbols: this.#symbols, signal });
    if (!isFound) return;
    this.#options.log.info({ channel }, "a better server has worked for long enough to go back to it");
    this.#interruption.abort();
  }

  async #failed(error: unknown, delay: Micros, signal: AbortSignal): Promise<void> {
    const { clock, log, status } = this.#options;
    const now = clock.now();
    status.nextAttempt = now + delay;
    status.failed(errorMessage(error), now);
    status.become("failed", errorMessage(error), now);
    // Once for each reason: how often it was tried since is in the status.
    if (!this.#troubles.has(errorMessage(error))) {
      if (this.#troubles.size < MOST_TROUBLES) this.#troubles.add(errorMessage(error));
      log.warn({ channel: this.channel }, `not connected, and tried again until it is: ${errorMessage(error)}`);
    }
    await sleep(clock, delay, signal);
  }

  /** All symbols are frozen by it; those which the present connection has whole are ready at once. */
  #begin({ n, tickers }: Configuration): void {
    this.#next = null;
    const gone = this.#symbols.replace(tickers);
    const { status, writer } = this.#options;
    status.symbols = tickers.length;
    writer.begin(n, this.#symbols.names());
    const connection = this.#connection;
    if (!connection) return;
    for (const symbol of gone) connection.drop(symbol);
    for (const symbol of this.#symbols.all()) {
      if (connection.isOpen(symbol)) continue;
      writer.ready(symbol.ticker.symbol);
      symbol.frozen = false;
    }
  }

  async #renew(): Promise<void> {
    const { clock, lease, log } = this.#options;
    const { signal } = this.#ending;
    const warn = warnSeldom((text) => log.warn({ channel: this.channel }, `lease not renewed: ${text}`));
    while (!signal.aborted) {
      await sleep(clock, RENEW_EVERY, signal);
      if (isAborted(signal)) return;
      try {
        await lease.renew(this.#report());
      } catch (error) {
        this.#lost = errorCode(error) === "CONFLICT";
        if (this.#lost) this.end();
        warn(errorMessage(error));
      }
    }
  }

  #report(): ReturnType<ChannelStatus["report"]> {
    const { clock, feed, status } = this.#options;
    const report = status.report(clock.now());
    if (feed.servers.length === 0) return report;
    const serves = this.#connection !== null && this.#connection.connectedAt !== null;
    return { ...report, servers: this.#order.reports(clock.now() - clock.steady(), serves) };
  }
}

function streamOf({ symbol, sourceSymbol }: Ticker): string {
  return `${symbol} ${sourceSymbol}`;
}
