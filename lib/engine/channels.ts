import type { ChannelConfig } from "../contracts/ticks.ts";
import { INTERVALS } from "../domain/interval.ts";
import { lineageHead } from "./bar-text.ts";
import type { Slot } from "./slot.ts";

/** One connection of a source, as its `config` lines and heartbeats in this partition describe it. */
export class Channel {
  readonly name: string;
  /** Number of its newest `config` line, 0 before the first: it is then only a name that a slot remembers. */
  n = 0;
  /** Newest event time that a heartbeat has proved. */
  watermark = -Infinity;
  /** By interval index. */
  lateness: readonly number[] = INTERVALS.map(() => 0);
  tolerance = 0;
  correctionHorizon = 0;
  /** The slots whose watermark it moves, frozen ones too. */
  readonly members = new Set<Slot>();

  /** The beginning of the lineage of bars from it, in JSON. */
  readonly lineageHead: Uint8Array;

  constructor(name: string, partition: number) {
    this.name = name;
    this.lineageHead = lineageHead(name, partition);
  }

  configure(config: ChannelConfig): void {
    this.n = config.n;
    this.lateness = INTERVALS.map((interval) => config.lateness[interval]);
    this.tolerance = config.tolerance;
    this.correctionHorizon = config.correctionHorizon;
  }
}
