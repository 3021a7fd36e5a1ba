import type { LatestReader } from "#lib/contracts/stores.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import { barId } from "#lib/contracts/bars.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { Counters } from "#lib/engine/counters.ts";
import { topologyOf } from "#lib/engine/logic.ts";
import { Task } from "#lib/engine/task.ts";
import { latestLine } from "#test/unit/collector/fixtures.ts";
import { TOPIC } from "../reference.ts";

/** What the engine publishes of each symbol while the log grows: a collector asks it up to when the log is complete. */
export class EngineWord {
  readonly #task: Task;
  readonly #published = new Map<string, Micros[]>();

  constructor() {
    const topology = topologyOf(TOPIC, 1);
    const identity = { topic: TOPIC, partition: 0, partitions: 1, topology, epoch: 1, begin: 0, from: 0 };
    this.#task = new Task(identity, "batch", new Counters());
  }

  read(record: LogRecord): void {
    const task = this.#task;
    task.parse(record);
    const none = task.needs().map(({ symbol, interval, start }) => [barId(symbol, interval, start), null] as const);
    task.apply(new Map(none));
    task.state.bars.take();
    for (const symbol of this.#symbols()) {
      const published = this.#published.get(symbol) ?? [];
      this.#published.set(symbol, published);
      const watermark = this.watermark(symbol);
      if (published.at(-1) !== watermark) published.push(watermark);
    }
  }

  /** −Infinity before the first proof. */
  watermark(symbol: string): Micros {
    return this.#task.state.slots.find((slot) => slot.symbol === symbol)?.watermark ?? -Infinity;
  }

  /** Event time from which the log claims to have everything of a symbol. */
  completeFrom(symbol: string): Micros {
    return this.#task.state.slots.find((slot) => slot.symbol === symbol)?.completeFrom ?? Infinity;
  }

  /** As it was some publications ago: a refresh may be late. */
  latest(age: number): LatestReader {
    const lineOf = (symbol: string): ReturnType<typeof latestLine>[] => {
      const published = this.#published.get(symbol) ?? [];
      const watermark = published[Math.max(0, published.length - 1 - age)];
      return watermark === undefined ? [] : [latestLine(symbol, watermark === -Infinity ? null : watermark)];
    };
    return { latest: (symbols) => Promise.resolve(symbols.flatMap(lineOf)) };
  }

  #symbols(): string[] {
    return this.#task.state.slots.map(({ symbol }) => symbol);
  }
}
