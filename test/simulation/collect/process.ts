import type { Clock } from "#lib/collector/clock.ts";
import type { ChannelSession } from "#lib/collector/channel-session.ts";
import type { Frame, LogProducer } from "#lib/contracts/log.ts";
import type { Micros } from "#lib/domain/interval.ts";
import type { FeedEvent, FeedTick, TradesRequest } from "#lib/feeds/feed.ts";
import { FakeFeed, type FakeStream } from "#test/unit/collector/fake-feed.ts";
import type { ManualClock } from "#test/unit/collector/manual-clock.ts";

/** The zero of a steady clock says nothing. */
const BOOTED: Micros = 777_777_777;

/** The clock of one machine: wrong by something that somebody may change at any moment, while its timers run evenly. */
export class MachineClock implements Clock {
  readonly #true: ManualClock;
  #ahead: Micros;

  constructor(time: ManualClock, ahead: Micros) {
    this.#true = time;
    this.#ahead = ahead;
  }

  now(): Micros {
    return this.#true.steady() + this.#ahead;
  }

  steady(): Micros {
    return this.#true.steady() - BOOTED;
  }

  after(length: Micros, run: () => void): () => void {
    return this.#true.after(length, run);
  }

  random(): number {
    return 0.5;
  }

  jump(by: Micros): void {
    this.#ahead += by;
  }
}

/** A question for history that waits for its answer. */
export interface Question {
  request: TradesRequest;
  answer: (batches: FeedTick[][]) => void;
  refuse: (error: Error) => void;
}

/** One ingest process that may die, with everything that is its own: also the log as it sees it. */
export class CollectorProcess implements LogProducer {
  readonly feed = new FakeFeed();
  readonly network = { cut: false };
  readonly questions: Question[] = [];
  /** What the source has sent and the collector has not read yet. */
  readonly socket: FeedEvent[] = [];
  readonly clock: MachineClock;
  session: ChannelSession | null = null;
  /** Symbols of which it has read a trade: it will notice when ids are missing. */
  readonly knows = new Set<string>();
  /** The stream that was told that it is connected. */
  greeted: FakeStream | null = null;
  #unsent: { frames: readonly Frame[]; done: () => void }[] = [];

  constructor(clock: MachineClock) {
    this.clock = clock;
  }

  get pendingBytes(): number {
    return 0;
  }

  /** The stream that hears what is traded, null where there is none. */
  get stream(): FakeStream | null {
    const stream = this.feed.streams.at(-1);
    return stream && stream === this.greeted && this.feed.open.has(stream) ? stream : null;
  }

  send(_topic: string, frames: readonly Frame[]): Promise<void> {
    return new Promise((done) => this.#unsent.push({ frames, done }));
  }

  /** The broker takes everything that was sent; the process hears of it unless it is dead. */
  land(isDead: boolean): string[] {
    const sent = this.#unsent;
    this.#unsent = [];
    if (!isDead) for (const { done } of sent) done();
    return sent.flatMap(({ frames }) => frames.flatMap(({ value }) => value.toString().split("\n")));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
