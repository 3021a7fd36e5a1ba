import { MAX_PRINTS_PER_LINE } from "../contracts/latest.ts";

const SIDES = ["null", '"buy"', '"sell"'];

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
  text(): string {
    let text = "[";
    for (let print = this.skipped; print < this.#count; print++) {
      const at = print % MAX_PRINTS_PER_LINE;
      const conditions = this.#conditions[at];
      text +=
        `${text === "[" ? "" : ","}{"id":${this.#id[at]},"time":${this.#time[at]},"price":${this.#price[at]},` +
        `"size":${this.#size[at]},"side":${SIDES[this.#side[at] ?? 0]}` +
        `${conditions === undefined ? "" : `,"conditions":${conditions}`}}`;
    }
    return `${text}]`;
  }

  clear(): void {
    this.#count = 0;
  }
}
