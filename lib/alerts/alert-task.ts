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
  /** Milliseconds between checkpoints. */
  checkpointEvery: number;
}

/**
 * The rules over one partition of `bars`. A firing is in the log of alerts before the position behind it is stored, under an id made of its
 * rule and its tick: after a crash the same bars are read from the last position again, and fire into the same documents.
 */
export class AlertTask implements PartitionTask {
  readonly #options: AlertTaskOptions;
  #watch: Watch | null = null;
  #position = 0;
  #end = 0;
  #stored: { position: number | null; version: string | null; isEmpty: boolean } = {
    position: null,
    version: null,
    isEmpty: true,
  };
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
    const states = found?.states.states ?? {};
    const isEmpty = Object.keys(states).length === 0;
    // Nobody watched before: nothing of what was told is missed. A log that was replaced begins at its end, too.
    const isKnown = found !== null && !isEmpty && found.states.position <= end;
    this.#position = isKnown ? Math.max(start, found.states.position) : end;
    this.#end = end;
    this.#watch = new Watch(book, states);
    this.#stored = { position: isKnown ? found.states.position : null, version: found?.version ?? null, isEmpty };
    deliver(await store.pending(partition));
    return this.#position;
  }

  async process(records: readonly LogRecord[], end: number): Promise<void> {
    const { book, counters, store, deliver, clock } = this.#options;
    const watch = this.#opened();
    const triggers: AlertTrigger[] = [];
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
    const { clock, checkpointEvery } = this.#options;
    if (this.#position === this.#stored.position || clock.elapsed() - this.#storedAt < checkpointEvery) return;
    await this.#store();
  }

  /** Without rules there is nothing to remember but that there are none. */
  async #store(): Promise<void> {
    const { topic, partition, counters, clock } = this.#options;
    const states = this.#opened().states();
    const isEmpty = Object.keys(states).length === 0;
    this.#storedAt = clock.elapsed();
    if (isEmpty && this.#stored.isEmpty) return;
    const position = this.#position;
    const version = await this.#put({ topic, partition, position, states });
    this.#stored = { position, version, isEmpty };
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
