import { quoteLine, rareLine, tradeLine } from "../contracts/write-line.ts";
import type { ChannelConfig, GivenBar } from "../contracts/ticks.ts";
import { ALLOWED_LATENESS, DAY, SECOND, type Micros } from "../domain/interval.ts";
import type { CalendarName } from "../domain/calendar/calendar.ts";
import type { ProfileName } from "../domain/eligibility/eligibility.ts";
import type { GuardTerms } from "../domain/guard/band.ts";
import { partitionOf } from "../domain/partition.ts";
import type { CancelledTrade, FeedStatus, FeedTick } from "../feeds/feed.ts";
import type { RecordedTick } from "../feeds/recording/recording.ts";
import type { Framer } from "./framer.ts";

/** What a channel's `config` says beside its symbols. */
export interface ChannelTerms {
  calendar: CalendarName;
  profile: ProfileName;
  guard: GuardTerms | null;
  /** How far event time may lie ahead of receipt time. */
  tolerance: Micros;
  correctionHorizon: Micros;
}

/** Of live sources: clocks run up to 1.3 s ahead of ours in recordings. */
export const LIVE_TERMS: ChannelTerms = {
  calendar: "utc",
  profile: "all",
  guard: null,
  tolerance: 5 * SECOND,
  correctionHorizon: DAY,
};

interface Proof {
  time: Micros;
  /** It may be written when the partition is acknowledged up to here. */
  position: number;
}

/** At most two proofs of a partition wait: while one does, newer ones replace each other. */
interface WaitingProof {
  next: Proof | null;
}

/**
 * Writes the lines of one channel. Everything goes through the framer's buffers in the order of the calls.
 * Nothing is written before the first `begin`.
 */
export class ChannelWriter {
  readonly channel: string;
  readonly #framer: Framer;
  readonly #terms: ChannelTerms;
  /** Every symbol that was ever seen, and its partition. */
  readonly #partitions = new Map<string, number>();
  /** Partitions that hold symbols of the present configuration. */
  #own: number[] = [];
  #config = 0;
  /** Proofs that wait for the acknowledgement of what was written before them, by partition. */
  #proofs = new Map<number, WaitingProof>();

  constructor(framer: Framer, channel: string, terms: ChannelTerms = LIVE_TERMS) {
    this.#framer = framer;
    this.channel = channel;
    this.#terms = terms;
  }

  /**
   * Begins configuration `n`: its symbols are frozen until their `ready`, and heartbeats of older ones are void. Every partition hears of it,
   * for those that lost their last symbol cannot be known after a takeover.
   */
  begin(n: number, symbols: readonly string[]): void {
    this.voidProofs();
    this.#config = n;
    const bySide = Array.from({ length: this.#framer.partitions }, (): string[] => []);
    for (const symbol of symbols) bySide[this.#partition(symbol)]?.push(symbol);
    this.#own = bySide.flatMap((own, partition) => (own.length > 0 ? [partition] : []));
    bySide.forEach((own, partition) => {
      const config: ChannelConfig = {
        type: "config",
        channel: this.channel,
        n,
        symbols: own,
        lateness: ALLOWED_LATENESS,
        ...this.#terms,
      };
      this.#framer.add(partition, rareLine(config));
    });
  }

  /** The gap of a symbol is filled. `from` only where something before it is missing for good, or where nothing was before. */
  ready(symbol: string, from?: Micros): void {
    const line = { type: "ready" as const, channel: this.channel, n: this.#config, symbol };
    this.#framer.add(this.#partition(symbol), rareLine(from === undefined ? line : { ...line, from }));
  }

  tick(tick: FeedTick | Exclude<RecordedTick["tick"], { type: "status" }>, receivedTime: Micros): void {
    const write =
      tick.type === "trade" ? tradeLine(tick, receivedTime, this.channel) : quoteLine(tick, receivedTime, this.channel);
    this.#framer.add(this.#partition(tick.symbol), write);
  }

  /** A trade that its exchange takes back, as the decision that it is; behind the trade, where that was written. */
  cancel(cancelled: CancelledTrade): void {
    const { symbol } = cancelled;
    this.#framer.add(
      this.#partition(symbol),
      rareLine({ type: "decision", ...cancelled, verdict: "reject", by: "exchange" }),
    );
  }

  status(status: FeedStatus, receivedTime: Micros): void {
    const { symbol, time, state, reason } = status;
    const { channel } = this;
    this.#framer.add(
      this.#partition(symbol),
      rareLine({ type: "status", symbol, time, receivedTime, state, reason, channel }),
    );
  }

  bar(bar: Omit<GivenBar, "channel" | "type">): void {
    this.#framer.add(this.#partition(bar.symbol), rareLine({ type: "bar", ...bar, channel: this.channel }));
  }

  /**
   * Everything with event time ≤ `time` has been written by earlier calls. Each partition gets the heartbeat once all lines that were
   * added to it before this call are acknowledged.
   */
  prove(time: Micros): void {
    for (const partition of this.#own) {
      const proof = { time, position: this.#framer.written(partition) };
      const waiting = this.#proofs.get(partition);
      if (waiting) waiting.next = proof;
      else this.#awaitProof(partition, proof);
    }
  }

  /** Whether a proof still waits for acknowledgements. */
  get isProving(): boolean {
    return this.#proofs.size > 0;
  }

  /** A gap was found, or the configuration changes: heartbeats that still wait are not written. */
  voidProofs(): void {
    this.#proofs = new Map();
  }

  #awaitProof(partition: number, { time, position }: Proof): void {
    const waiting: WaitingProof = { next: null };
    this.#proofs.set(partition, waiting);
    this.#framer.whenAcknowledged(partition, position, () => {
      if (this.#proofs.get(partition) !== waiting) return;
      this.#proofs.delete(partition);
      this.#framer.add(partition, rareLine({ type: "heartbeat", channel: this.channel, time, config: this.#config }));
      if (waiting.next) this.#awaitProof(partition, waiting.next);
    });
  }

  #partition(symbol: string): number {
    let partition = this.#partitions.get(symbol);
    if (partition === undefined) {
      partition = partitionOf(symbol, this.#framer.partitions);
      this.#partitions.set(symbol, partition);
    }
    return partition;
  }
}
