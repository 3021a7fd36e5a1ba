import { MAX_PRINTS_PER_LINE } from "../contracts/latest.ts";
import { type JsonWriter, literal } from "./json-writer.ts";

/** The most prints that are remembered between two `latest` lines of all symbols together: older ones are only counted. */
const CAPACITY = 32_768;
const FIRST_CAPACITY = 256;
const WIDTH = 5;
const ID = 0;
const TIME = 1;
const PRICE = 2;
const SIZE = 3;
/** In 32-bit words: the print before of the same symbol, and the side. */
const BEFORE = 2 * 4;
const SIDE = 2 * 4 + 1;

const OPENING = literal("[");
const ID_KEY = literal('{"id":');
const COMMA = literal(",");
const TIME_KEY = literal(',"time":');
const PRICE_KEY = literal(',"price":');
const SIZE_KEY = literal(',"size":');
const SIDES = ["null", '"buy"', '"sell"'].map((side) => literal(`,"side":${side}`));
const CONDITIONS_KEY = literal(',"conditions":');
const END = literal("}");
const CLOSING = literal("]");

/** The prints of all symbols since `latest` was last told, one behind the other; those of one symbol are a chain through them. */
export class PrintLog {
  #capacity = FIRST_CAPACITY;
  #values = new Float64Array(FIRST_CAPACITY * WIDTH);
  #words = new Int32Array(this.#values.buffer);
  readonly #conditions = new Map<number, string>();
  readonly #chain = new Int32Array(MAX_PRINTS_PER_LINE);
  #next = 0;

  /** Appends a print behind `before`, the newest of its symbol so far (any number where it has none); gives its number. */
  add(before: number, id: number, time: number, price: number, size: number, side: number): number {
    const number = this.#next++;
    if (number === this.#capacity && number < CAPACITY) this.#grow();
    const at = (number % this.#capacity) * WIDTH;
    this.#values[at + ID] = id;
    this.#values[at + TIME] = time;
    this.#values[at + PRICE] = price;
    this.#values[at + SIZE] = size;
    this.#words[2 * at + BEFORE] = before;
    this.#words[2 * at + SIDE] = side;
    return number;
  }

  /** `conditions`: a JSON array. */
  describe(number: number, conditions: string): void {
    this.#conditions.set(number, conditions);
  }

  /** Writes the newest prints of a chain of `count` as a JSON array, newest last; says how many it left out. */
  write(json: JsonWriter, newest: number, count: number): number {
    const kept = Math.min(count, MAX_PRINTS_PER_LINE);
    let length = 0;
    for (let number = newest; length < kept && this.#next - number <= this.#capacity; length++) {
      this.#chain[length] = number;
      number = this.#words[2 * (number % this.#capacity) * WIDTH + BEFORE] ?? 0;
    }
    json.bytes(OPENING);
    for (let index = length - 1; index >= 0; index--) {
      this.#writePrint(json, this.#chain[index] ?? 0);
      if (index > 0) json.bytes(COMMA);
    }
    json.bytes(CLOSING);
    return count - length;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#next = 0;
    this.#conditions.clear();
  }

  /** Doubles the room: a process with many quiet partitions needs little of it. */
  #grow(): void {
    this.#capacity *= 2;
    const larger = new Float64Array(this.#capacity * WIDTH);
    larger.set(this.#values);
    this.#values = larger;
    this.#words = new Int32Array(larger.buffer);
  }

  #writePrint(json: JsonWriter, number: number): void {
    const at = (number % this.#capacity) * WIDTH;
    json.bytes(ID_KEY);
    json.integer(this.#values[at + ID] ?? 0);
    json.bytes(TIME_KEY);
    json.integer(this.#values[at + TIME] ?? 0);
    json.bytes(PRICE_KEY);
    json.number(this.#values[at + PRICE] ?? 0);
    json.bytes(SIZE_KEY);
    json.number(this.#values[at + SIZE] ?? 0);
    json.bytes(SIDES[this.#words[2 * at + SIDE] ?? 0] ?? OPENING);
    const conditions = this.#conditions.size > 0 ? this.#conditions.get(number) : undefined;
    if (conditions !== undefined) {
      json.bytes(CONDITIONS_KEY);
      json.unicode(conditions);
    }
    json.bytes(END);
  }
}
