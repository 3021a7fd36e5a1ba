import type { AlertStates, AlertStore, AlertTrigger } from "../contracts/alerts.ts";
import type { LogRecord, PartitionTask } from "../contracts/log.ts";
import type { PartitionReport } from "../contracts/sources.ts";
import type { Micros } from "../domain/interval.ts";
import { errorCode, TapedeckError } from "../errors.ts";
import type { AlertCounters } from "./alert-counters.ts";
import { followedBars } from "./bar-lines.ts";
import type { RuleBook } from "./rule-book.ts";
import { Watch } from "./watch.ts";

export interface AlertTaskOptions {
  topic: string;
  partition: number;
  store: Pick<AlertStore, "states" | "putStates" | "record" | "pending">;
  book: RuleBook;
  counters: AlertCounters;
  /** Takes what was found or has never been delivered; returns at once. */
  deliver: (triggers: readonly AlertTrigger[]) => void;
  clock: { wall: () => Micros; elapsed: () => number };
  /** Milliseconds between checkpoints while there are rules. */
  checkpointEvery: number;
}

/** Milliseconds between checkpoints without rules: so much is read again by who comes after a crash. */
const IDLE_CHECKPOINT = 20_000;

/**
 * The rules over one partition of `bars`. A firing is in the log of alerts before the position behind it is stored, under an id made of its
 * rule and its tick: after a crash the same bars are read from the last position again, and fire into the same documents. A rule is followed
 * from a stored position on: who comes after a crash shows it the same bars, and none from before.
 */
export class AlertTask implements PartitionTask {
  readonly #options: AlertTaskOptions;
  #watch: Watch | null = null;
  #position = 0;
  #end = 0;
  #stored: { position: number | null; version: string | null } = { position: null, version: null };
  /** The rules' `changes` that are followed. */
  #followed = 0;
  #storedAt = 0;
  #checkpointTime: Micros | null = null;

  constructor(options: AlertTaskOptions) {
    this.#options = options;
  }

  get checkpoint(): number | null {
    return this.#stored.position;
  }

  async open({ start, end }: { start: number; end: number }): Promise<number> {
    const { store, topic, partition, book, deliver } = this.#options;
    await book.ready();
    const found = await store.states(topic, partition);
    // Nobody watched before: nothing of what was told is missed. A log that was replaced begins at its end, too.
    const isKnown = found !== null && found.states.position <= end;
    this.#position = isKnown ? Math.max(start, found.states.position) : end;
    this.#end = end;
    this.#watch = new Watch(book, found?.states.states ?? {});
    this.#stored = { position: isKnown ? found.states.position : null, version: found?.version ?? null };
    this.#followed = book.changes;
    if (this.#stored.position === null) await this.#store();
    deliver(await store.pending(partition));
    return this.#position;
  }

  async process(records: readonly LogRecord[], end: number): Promise<void> {
    const { book, counters, store, deliver, clock } = this.#options;
    const watch = this.#opened();
    const triggers: AlertTrigger[] = [];
    while (this.#followed !== book.changes) {
      this.#followed = book.changes;
      await this.#store();
    }
    for (const { offset, timestamp, value } of records) {
      counters.frames += 1;
      for (const bar of followedBars(value, (symbol) => book.watches(symbol))) {
        counters.bars += 1;
        counters.evaluations += book.of(bar.symbol).length;
        triggers.push(...watch.show(bar, timestamp * 1000, clock.wall()));
      }
      this.#position = offset + 1;
    }
    this.#end = end;
    if (triggers.length > 0) {
      const isNew = await store.record(triggers);
      const found = triggers.filter((_, index) => isNew[index]);
      counters.fired += found.length;
      counters.repeated += triggers.length - found.length;
      deliver(found);
    }
    await this.#storeInTime();
  }

  idle(): Promise<void> {
    return this.#storeInTime();
  }

  async close(): Promise<void> {
    if (this.#position !== this.#stored.position) await this.#store();
  }

  report(): PartitionReport {
    return {
      partition: this.#options.partition,
      position: this.#position,
      end: Math.max(this.#end, this.#position),
      checkpoint: this.#stored.position ?? this.#position,
      checkpointTime: this.#checkpointTime,
      watermark: null,
      openWindows: 0,
      symbols: this.#options.book.symbols,
    };
  }

  async #storeInTime(): Promise<void> {
    const { clock, checkpointEvery, book } = this.#options;
    const every = book.size === 0 ? Math.max(IDLE_CHECKPOINT, checkpointEvery) : checkpointEvery;
    if (this.#position === this.#stored.position || clock.elapsed() - this.#storedAt < every) return;
    await this.#store();
  }

  async #store(): Promise<void> {
    const { topic, partition, counters, clock } = this.#options;
    const states = this.#opened().states();
    this.#storedAt = clock.elapsed();
    const position = this.#position;
    const version = await this.#put({ topic, partition, position, states });
    this.#stored = { position, version };
    this.#checkpointTime = clock.wall();
    counters.checkpoints += 1;
  }

  async #put(states: AlertStates): Promise<string> {
    try {
      return await this.#options.store.putStates(states, this.#stored.version);
    } catch (error) {
      if (errorCode(error) !== "CONFLICT") throw error;
      // Whoever is behind reads again what the other has written.
      const message = `Another process watches partition ${states.partition}`;
      throw new TapedeckError("UNAVAILABLE", message, { cause: error });
    }
  }

  #opened(): Watch {
    if (this.#watch) return this.#watch;
    throw new TapedeckError("INTERNAL", "The partition is not open");
  }
}
