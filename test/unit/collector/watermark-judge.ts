import { linesOf } from "./fixtures.ts";
import type { Frame } from "#lib/contracts/log.ts";
import type { TickLine, Trade } from "#lib/contracts/ticks.ts";
import { SECOND, type Micros } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";

/** Allowed lateness of the smallest window, as the executable model of the design has it. */
const LATENESS: Micros = 3 * SECOND;

interface Channel {
  n: number;
  watermark: Micros;
}

interface Judged {
  frozen: boolean;
  /** Its watermark before its channel's configuration began. */
  floor: Micros;
  /** Complete from here on; null before the first `ready`. */
  from: Micros | null;
  ids: Set<number>;
  /** The watermark as it was published with each new trade. */
  published: Micros[];
}

/** What the engine makes of the log's watermarks, by the rules of the design and nothing else; says which trade came too late. */
export class WatermarkJudge {
  readonly #channels: Channel[];
  readonly #symbols = new Map<string, Judged>();
  readonly #partitions: number;
  violation: string | null = null;

  constructor(partitions: number) {
    this.#partitions = partitions;
    this.#channels = Array.from({ length: partitions }, () => ({ n: 0, watermark: 0 }));
  }

  append(frame: Frame): TickLine[] {
    const lines = linesOf(frame);
    for (const line of lines) this.#apply(line, frame.partition);
    return lines;
  }

  watermark(symbol: string): Micros {
    const judged = this.#judged(symbol);
    const channel = this.#channel(partitionOf(symbol, this.#partitions));
    return judged.frozen ? judged.floor : Math.max(judged.floor, channel.watermark);
  }

  published(symbol: string): readonly Micros[] {
    return this.#judged(symbol).published;
  }

  has(symbol: string, id: number): boolean {
    return this.#judged(symbol).ids.has(id);
  }

  from(symbol: string): Micros | null {
    return this.#judged(symbol).from;
  }

  #apply(line: TickLine, partition: number): void {
    const channel = this.#channel(partition);
    switch (line.type) {
      case "trade":
        this.#trade(line);
        return;
      case "heartbeat":
        if (line.config >= channel.n) channel.watermark = Math.max(channel.watermark, line.time);
        return;
      case "ready":
        if (line.n < channel.n) return;
        this.#judged(line.symbol).frozen = false;
        if (line.from !== undefined) this.#judged(line.symbol).from = line.from;
        return;
      case "config": {
        if (line.n < channel.n) return;
        channel.n = line.n;
        const here = [...this.#symbols.keys()].filter((symbol) => partitionOf(symbol, this.#partitions) === partition);
        for (const symbol of new Set([...here, ...line.symbols])) {
          Object.assign(this.#judged(symbol), { floor: this.watermark(symbol), frozen: true });
        }
        return;
      }
      case "quote":
      case "decision":
      case "status":
      case "bar":
    }
  }

  #trade({ symbol, id = -1, time }: Trade): void {
    const judged = this.#judged(symbol);
    if (judged.ids.has(id)) return;
    judged.ids.add(id);
    const watermark = this.watermark(symbol);
    judged.published.push(watermark);
    const isClaimed = judged.from === null || time >= judged.from;
    if (isClaimed && watermark >= time + LATENESS) {
      this.violation ??= `trade ${id} of ${symbol} at ${time} enters the log when its watermark is ${watermark}`;
    }
  }

  #channel(partition: number): Channel {
    const channel = this.#channels[partition];
    if (!channel) throw new RangeError(`partition ${partition}`);
    return channel;
  }

  #judged(symbol: string): Judged {
    let judged = this.#symbols.get(symbol);
    if (!judged)
      this.#symbols.set(symbol, (judged = { frozen: true, floor: 0, from: null, ids: new Set(), published: [] }));
    return judged;
  }
}
