import type { DeadReason } from "../contracts/dead.ts";
import type { TickLine } from "../contracts/ticks.ts";

/** What a line turned out to be. Nothing: an empty line, which is neither read nor counted. */
export const NOTHING = 0;
export const TRADE = 1;
export const QUOTE = 2;
/** Any other line; it is in `objects`. */
export const OTHER = 3;
/** Its verdict is in `verdicts`. */
export const DEAD = 4;

export interface Verdict {
  reason: DeadReason;
  detail: string;
}

const FIRST_CAPACITY = 128;

/** One parsed frame in columns, filled again for each: parsing makes no object for an ordinary tick. */
export class Frame {
  offset = 0;
  value: Buffer = Buffer.alloc(0);
  lines = 0;
  kind = new Uint8Array(FIRST_CAPACITY);
  /** Bytes of the line in `value`. */
  start = new Int32Array(FIRST_CAPACITY);
  end = new Int32Array(FIRST_CAPACITY);
  /** Numbers of symbol, channel and id space; −1: not known yet, the names are in `objects`. */
  symbol = new Int32Array(FIRST_CAPACITY);
  channel = new Int32Array(FIRST_CAPACITY);
  space = new Int32Array(FIRST_CAPACITY);
  time = new Float64Array(FIRST_CAPACITY);
  receivedTime = new Float64Array(FIRST_CAPACITY);
  /** Price and size of a trade, bid and its size of a quote. */
  price = new Float64Array(FIRST_CAPACITY);
  size = new Float64Array(FIRST_CAPACITY);
  ask = new Float64Array(FIRST_CAPACITY);
  askSize = new Float64Array(FIRST_CAPACITY);
  id = new Float64Array(FIRST_CAPACITY);
  /** 0 unknown, 1 buy, 2 sell. */
  side = new Uint8Array(FIRST_CAPACITY);
  /** Coupon of the venue of a trade, 0 for none. */
  venue = new Int32Array(FIRST_CAPACITY);
  readonly objects = new Map<number, TickLine>();
  readonly verdicts = new Map<number, Verdict>();
  /** Conditions of a trade as a JSON array, where it has any. */
  readonly conditions = new Map<number, string>();

  reset(offset: number, value: Buffer): void {
    this.offset = offset;
    this.value = value;
    this.lines = 0;
    this.objects.clear();
    this.verdicts.clear();
    this.conditions.clear();
  }

  /** Room for one more line; its number. */
  next(): number {
    if (this.lines === this.kind.length) this.#grow();
    return this.lines++;
  }

  #grow(): void {
    const lines = this.lines * 2;
    this.kind = grown(this.kind, new Uint8Array(lines));
    this.start = grown(this.start, new Int32Array(lines));
    this.end = grown(this.end, new Int32Array(lines));
    this.symbol = grown(this.symbol, new Int32Array(lines));
    this.channel = grown(this.channel, new Int32Array(lines));
    this.space = grown(this.space, new Int32Array(lines));
    this.time = grown(this.time, new Float64Array(lines));
    this.receivedTime = grown(this.receivedTime, new Float64Array(lines));
    this.price = grown(this.price, new Float64Array(lines));
    this.size = grown(this.size, new Float64Array(lines));
    this.ask = grown(this.ask, new Float64Array(lines));
    this.askSize = grown(this.askSize, new Float64Array(lines));
    this.id = grown(this.id, new Float64Array(lines));
    this.venue = grown(this.venue, new Int32Array(lines));
    this.side = grown(this.side, new Uint8Array(lines));
  }
}

function grown<T extends Uint8Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
