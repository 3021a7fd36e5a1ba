import { setTimeout as delay } from "node:timers/promises";
import type { LatestLine } from "../contracts/latest.ts";
import type { LiveReader } from "../contracts/stores.ts";
import type { LiveTopics } from "../contracts/views.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { errorMessage, TapedeckError } from "../errors.ts";
import { Activity } from "./activity.ts";
import { FrameClock } from "./frame-clock.ts";
import type { LiveEvent, LiveHub, LiveStatistics } from "./hub.ts";
import { MarketMemory, MEMORY_LIMITS, type FrameParts, type MemoryLimits } from "./market-memory.ts";
import type { QuoteReference } from "./quote-view.ts";

/** A page hears from us at least this often, so that it knows the hub lives. */
export const KEEP_ALIVE: Micros = 5 * SECOND;
/** The reader yields each second while the brokers answer: silence for longer means that they do not. */
export const SILENCE: Micros = 3 * SECOND;
const READ_AGAIN_MS = 1_000;
const END_WITHIN_MS = 300;

export interface HubOptions {
  reader: LiveReader;
  reference(line: LatestLine): QuoteReference;
  /** Partitions of the log. */
  partitions: number;
  now(): Micros;
  warn(message: string): void;
  /** Tells this process's event ids from those of the one before. */
  instance: string;
  limits?: MemoryLimits;
}

/** The hub of one process: reads the log once and keeps the newest of everything in memory. */
export class MemoryHub implements LiveHub {
  readonly #options: HubOptions;
  readonly #memory: MarketMemory;
  readonly #activity: Activity;
  readonly #clock: FrameClock;
  readonly #closing = new AbortController();
  readonly #reading: Promise<void>;
  #lastRead: Micros | null = null;
  #subscribers = 0;
  #frames = 0;
  #accepted = 0;
  #dropped = 0;

  constructor(options: HubOptions) {
    this.#options = options;
    const { partitions, limits = MEMORY_LIMITS } = options;
    this.#memory = new MarketMemory({ partitions, limits, reference: (line) => options.reference(line) });
    this.#activity = new Activity(options.now());
    this.#clock = new FrameClock(() => options.now());
    this.#reading = this.#readAlways();
  }

  get connected(): boolean {
    return this.#lastRead !== null && this.#options.now() - this.#lastRead <= SILENCE;
  }

  get lastRead(): Micros | null {
    return this.#lastRead;
  }

  get statistics(): LiveStatistics {
    return {
      subscribers: this.#subscribers,
      symbols: this.#memory.symbols,
      series: this.#memory.series,
      frames: this.#frames,
      linesAccepted: this.#accepted,
      linesDropped: this.#dropped,
    };
  }

  quote: LiveHub["quote"] = (symbol) => this.#memory.quote(symbol);
  latest: LiveHub["latest"] = (symbol) => this.#memory.latest(symbol);
  bars: LiveHub["bars"] = (symbol, interval) => this.#memory.bars(symbol, interval);
  prints: LiveHub["prints"] = (symbol) => this.#memory.prints(symbol);
  active: LiveHub["active"] = (order, most) => this.#activity.list(order, most, this.#options.now());

  touch(symbols: Iterable<string>): void {
    this.#memory.touch(symbols);
    this.#clock.notify();
  }

  renew(symbols: Iterable<{ symbol: string; within: Micros }>): void {
    const before = this.#memory.sequence;
    for (const { symbol, within } of symbols) this.#memory.renew(symbol, within);
    if (this.#memory.sequence > before) this.#clock.notify();
  }

  warm(lines: readonly LatestLine[]): void {
    for (const line of lines) this.#count(this.#memory.acceptLatest(line));
    this.#clock.notify();
  }

  async *subscribe(
    topics: LiveTopics,
    { lastEventId, signal }: { lastEventId?: string | undefined; signal: AbortSignal },
  ): AsyncGenerator<LiveEvent, undefined> {
    let cursor = this.#cursorOf(lastEventId);
    let sent: { time: Micros; connected: boolean } | null = null;
    const waiter = this.#clock.join(signal, this.#closing.signal);
    this.#subscribers += 1;
    try {
      while (!signal.aborted) {
        if (this.#closing.signal.aborted) throw new TapedeckError("UNAVAILABLE", "The server is stopping.");
        const { sequence } = this.#memory;
        const parts = this.#memory.since(topics, cursor);
        cursor = sequence;
        const serverTime = this.#options.now();
        const { connected } = this;
        if (!sent || !isEmpty(parts) || sent.connected !== connected || serverTime - sent.time >= KEEP_ALIVE) {
          sent = { time: serverTime, connected };
          this.#frames += 1;
          yield { id: `${this.#options.instance}.${sequence}`, frame: { serverTime, connected, ...parts } };
        }
        // While the page took its frame, the beat for a later change may have passed.
        if (this.#memory.sequence > cursor) this.#clock.notify();
        await waiter.next();
      }
    } finally {
      this.#subscribers -= 1;
      waiter.leave();
    }
  }

  async endStreams(): Promise<void> {
    this.#closing.abort();
    // Each stream ends at its next step; one whose page takes nothing more is cut with its connection.
    for (let waited = 0; this.#subscribers > 0 && waited < END_WITHIN_MS; waited += 10) await delay(10);
  }

  async close(): Promise<void> {
    await this.endStreams();
    await this.#reading;
  }

  /** The place of a page in the sequence; 0, from where it gets all, when its id is not of this process. */
  #cursorOf(lastEventId: string | undefined): number {
    const [instance, sequence] = lastEventId?.split(".") ?? [];
    const cursor = instance === this.#options.instance ? Number(sequence) : 0;
    return Number.isSafeInteger(cursor) && cursor >= 0 && cursor <= this.#memory.sequence ? cursor : 0;
  }

  #count(accepted: boolean): void {
    if (accepted) this.#accepted += 1;
    else this.#dropped += 1;
  }

  /** The reader heals itself; should it end all the same, it is begun again. */
  async #readAlways(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#read(signal).catch((error: unknown) => {
        this.#options.warn(`The live log is not read; trying again: ${errorMessage(error)}`);
      });
      await delay(READ_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    for await (const { bars, latest, alerts } of this.#options.reader.read(signal)) {
      for (const line of latest) this.#count(this.#memory.acceptLatest(line));
      for (const alert of alerts) this.#count(this.#memory.acceptAlert(alert));
      const now = this.#options.now();
      for (const bar of bars) {
        this.#count(this.#memory.acceptBar(bar));
        this.#activity.accept(bar, now);
      }
      const wasConnected = this.connected;
      this.#lastRead = this.#options.now();
      if (bars.length + latest.length + alerts.length > 0 || !wasConnected) this.#clock.notify();
    }
  }
}

function isEmpty({ quotes, bars, prints, alerts }: FrameParts): boolean {
  return quotes.length === 0 && bars.length === 0 && prints.length === 0 && alerts.length === 0;
}
