import { INTERVALS } from "../domain/interval.ts";
import { barHead } from "./bar-text.ts";
import type { Channel } from "./channels.ts";
import { type Added, IntervalSet } from "./interval-set.ts";
import { INTERVAL_COUNT } from "./intervals.ts";
import { literal } from "./json-writer.ts";
import type { PrintRing } from "./print-ring.ts";

/** Everything about one symbol that can change a result, but for its windows. */
export class Slot {
  readonly number: number;
  readonly symbol: string;
  /** Lines of frames below this offset have been seen by it already. */
  gate = 0;
  channel: Channel | null = null;
  /** Its watermark is never below this. */
  floor = -Infinity;
  /** No heartbeat speaks for it: from a `config` to its `ready`, and while no channel collects it. */
  frozen = true;
  /** By interval: windows that end at or before this are sealed, whatever lateness a later `config` allows. */
  readonly sealFloor = new Float64Array(INTERVAL_COUNT).fill(-Infinity);
  /** Its trades are complete from this event time on; NaN while nobody has said so. */
  completeFrom = Number.NaN;
  /** Seen trade ids by the number of their space. */
  readonly ids: (IntervalSet | undefined)[] = [];
  /** The watermark at which a window of it has to be closed or sealed next. */
  due = Infinity;
  /** Changed since it was last written. */
  unsaved = false;

  /** Last trade, by event time then id; time −1 before the first. 1 buy, 2 sell, 0 unknown. */
  tradeTime = -1;
  tradeId = 0;
  price = 0;
  size = 0;
  side = 0;
  /** Newest quote; time −1 before the first. */
  quoteTime = -1;
  bid = 0;
  bidSize = 0;
  ask = 0;
  askSize = 0;
  /** What the newest of both came through; null until one has come since the start. */
  tickChannel: Channel | null = null;
  /** Event and receipt time of the newest of both, and where in the log its last change lies. */
  newestTime = -1;
  newestReceivedTime = 0;
  changeOffset = 0;
  changeLine = 0;

  /** Outputs only: what has to be told of it. */
  untold = false;
  unstored = false;
  prints: PrintRing | null = null;
  /** The beginning of its `latest` lines in JSON, and of each of its bars by interval. */
  readonly latestHead: Uint8Array;
  readonly heads: readonly Uint8Array[];

  constructor(number: number, symbol: string) {
    this.number = number;
    this.symbol = symbol;
    this.latestHead = literal(`{"symbol":"${symbol}","channel":"`);
    this.heads = INTERVALS.map((interval) => barHead(symbol, interval));
  }

  /** Up to this event time everything has arrived. Never falls. */
  get watermark(): number {
    if (this.frozen || !this.channel) return this.floor;
    return Math.max(this.floor, this.channel.watermark);
  }

  /** Windows of the interval that end at or before this are sealed. Never falls. */
  sealedUntil(interval: number, watermark: number): number {
    const lateness = this.channel?.lateness[interval] ?? Infinity;
    return Math.max(this.sealFloor[interval] ?? -Infinity, watermark - lateness);
  }

  addId(space: number, id: number): Added {
    return (this.ids[space] ??= new IntervalSet()).add(id);
  }

  /** Keeps the watermark and what is sealed by it, and stops it there. */
  freeze(): void {
    const watermark = this.watermark;
    for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
      this.sealFloor[interval] = this.sealedUntil(interval, watermark);
    }
    this.floor = watermark;
    this.frozen = true;
  }

  /** Follows another channel from here on. */
  moveTo(channel: Channel): void {
    this.channel?.members.delete(this);
    this.channel = channel;
    channel.members.add(this);
  }
}
