import type { LatestLine } from "../contracts/latest.ts";
import type { Micros } from "../domain/interval.ts";
import { partitionOf } from "../domain/partition.ts";

/**
 * How far each channel has proved itself complete, by partition: its proofs lie in every partition, but each is read on its own, and one that
 * stands still must not pass for live. A quiet symbol is as fresh as its channel. Capacity: channels times partitions.
 */
export class Proofs {
  readonly #partitions: number;
  readonly #lanes = new Map<string, Micros>();

  constructor(partitions: number) {
    this.#partitions = partitions;
  }

  accept(line: Pick<LatestLine, "symbol" | "channel" | "watermark">): void {
    if (line.watermark === null) return;
    const lane = this.#lane(line);
    if (line.watermark > (this.#lanes.get(lane) ?? 0)) this.#lanes.set(lane, line.watermark);
  }

  /** null before the first. */
  of(line: Pick<LatestLine, "symbol" | "channel">): Micros | null {
    return this.#lanes.get(this.#lane(line)) ?? null;
  }

  #lane({ symbol, channel }: Pick<LatestLine, "symbol" | "channel">): string {
    return `${channel}|${partitionOf(symbol, this.#partitions)}`;
  }
}
