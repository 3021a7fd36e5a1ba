import { type JsonWriter, literal } from "./json-writer.ts";
import { MAX_PRINTS_PER_LINE } from "../contracts/latest.ts";

const OPENING = literal("[");
const FIRST_ID = literal('{"id":');
const NEXT_ID = literal(',{"id":');
const TIME = literal(',"time":');
const PRICE = literal(',"price":');
const SIZE = literal(',"size":');
const SIDES = ["null", '"buy"', '"sell"'].map((side) => literal(`,"side":${side}`));
const CONDITIONS = literal(',"conditions":');
const END = literal("}");
const CLOSING = literal("]");

/** The newest prints of one symbol since its last `latest` line: MAX_PRINTS_PER_LINE of them, older ones are only counted. */
export class PrintRing {
  #count = 0;
  readonly #id = new Float64Array(MAX_PRINTS_PER_LINE);
  readonly #time = new Float64Array(MAX_PRINTS_PER_LINE);
  readonly #price = new Float64Array(MAX_PRINTS_PER_LINE);
  readonly #size = new Float64Array(MAX_PRINTS_PER_LINE);
  readonly #side = new Uint8Array(MAX_PRINTS_PER_LINE);
  readonly #conditions: (string | undefined)[] = [];

  add(id: number, time: number, price: number, size: number, side: number, conditions: string | undefined): void {
    const at = this.#count % MAX_PRINTS_PER_LINE;
    this.#count += 1;
    this.#id[at] = id;
    this.#time[at] = time;
    this.#price[at] = price;
    this.#size[at] = size;
    this.#side[at] = side;
    this.#conditions[at] = conditions;
  }

  get skipped(): number {
    return Math.max(0, this.#count - MAX_PRINTS_PER_LINE);
  }

  /** As a JSON array, newest last. */
  write(json: JsonWriter): void {
    json.bytes(OPENING);
    for (let print = this.skipped; print < this.#count; print++) {
      const at = print % MAX_PRINTS_PER_LINE;
      json.bytes(print === this.skipped ? FIRST_ID : NEXT_ID);
      json.integer(this.#id[at] ?? 0);
      json.bytes(TIME);
      json.integer(this.#time[at] ?? 0);
      json.bytes(PRICE);
      json.number(this.#price[at] ?? 0);
      json.bytes(SIZE);
      json.number(this.#size[at] ?? 0);
      json.bytes(SIDES[this.#side[at] ?? 0] ?? OPENING);
      const conditions = this.#conditions[at];
      if (conditions !== undefined) {
        json.bytes(CONDITIONS);
        json.unicode(conditions);
      }
      json.bytes(END);
    }
    json.bytes(CLOSING);
  }

  clear(): void {
    this.#count = 0;
  }
}
