/** Places after the point at which most prices and sizes end, tried in this order. */
const PLACES = [2, 5, 8] as const;
const SCALES = [1e2, 1e5, 1e8] as const;
/** Above, scaled numbers may not be exact any more. */
const MOST_SCALED = 4e15;
/** Places to which sums and quotients are rounded. */
const AMOUNT_PLACES = 10;
const AMOUNT_SCALE = 1e10;
/** Small integers are cut into digits by 32-bit arithmetic. */
const MOST_SMALL = 0x40000000;
const MILLION = 1e6;

const WRITER_SLACK = 1024;

const ZERO = 48;
const POINT = 46;

/**
 * Writes JSON as bytes: half of what a bar costs would be strings that live for microseconds. Whoever uses it sees to it that there is
 * room.
 */
export class JsonWriter {
  buffer: Buffer;
  /** Where the next byte goes. */
  at = 0;

  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafeSlow(capacity);
  }

  /** Makes room for so many bytes and WRITER_SLACK more. */
  reserve(length: number): void {
    const needed = this.at + length + WRITER_SLACK;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }

  bytes(bytes: Uint8Array): void {
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** What lies between two places of a buffer. */
  part(source: Buffer, start: number, end: number): void {
    this.at += source.copy(this.buffer, this.at, start, end);
  }

  /** ASCII. */
  text(text: string): void {
    this.at += this.buffer.write(text, this.at, "latin1");
  }

  /** Any text; nothing is escaped. */
  unicode(text: string): void {
    this.at += this.buffer.write(text, this.at, "utf8");
  }

  /** Any finite number, in a form that reads back as the same double. */
  number(value: number): void {
    for (let which = 0; which < PLACES.length; which++) {
      const scale = SCALES[which] ?? 1;
      const scaled = Math.round(value * scale);
      // The decimal that divides to the same double says it all, whether or not it is the shortest.
      if (scaled / scale === value && scaled >= 0 && scaled < MOST_SCALED) {
        const whole = Math.floor(scaled / scale);
        this.integer(whole);
        this.#fraction(scaled - whole * scale, PLACES[which] ?? 0);
        return;
      }
    }
    this.text(String(value));
  }

  /**
   * A sum or a quotient that is 0 or more, rounded to ten places where that leaves ten digits: of a sum of decimals, that is the true
   * sum. For what is shown; to go on with, it would be too little.
   */
  amount(value: number): void {
    const scaled = Math.round(value * AMOUNT_SCALE);
    if (scaled >= MOST_SCALED || (value < 1 && scaled / AMOUNT_SCALE !== value)) {
      this.number(value);
      return;
    }
    const whole = Math.floor(scaled / AMOUNT_SCALE);
    this.integer(whole);
    this.#fraction(scaled - whole * AMOUNT_SCALE, AMOUNT_PLACES);
  }

  /** An integer from 0 to 2^53 − 1. */
  integer(value: number): void {
    if (value < MOST_SMALL) {
      this.#small(value);
      return;
    }
    const high = Math.floor(value / MILLION);
    this.integer(high);
    this.#padded(value - high * MILLION, 6);
  }

  /** What was written since `start`, all of it ASCII, as a string: a byte is a character of it. */
  ascii(start: number): string {
    return this.buffer.toString("latin1", start, this.at);
  }

  /** Up to MOST_SMALL, without leading zeros. */
  #small(value: number): void {
    let length = 1;
    for (let limit = 10; value >= limit; limit *= 10) length += 1;
    this.#padded(value, length);
  }

  /** The last `length` digits of a small integer. */
  #padded(value: number, length: number): void {
    const { buffer, at: start } = this;
    let rest = value | 0;
    for (let place = start + length - 1; place >= start; place--) {
      const tens = (rest / 10) | 0;
      buffer[place] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.at = start + length;
  }

  /** A point and these places, without the zeros at their end; nothing where there are only zeros. */
  #fraction(value: number, places: number): void {
    if (value === 0) return;
    this.buffer[this.at++] = POINT;
    if (places > 8) {
      const high = Math.floor(value / MILLION);
      this.#padded(high, places - 6);
      this.#padded(value - high * MILLION, 6);
    } else this.#padded(value, places);
    while (this.buffer[this.at - 1] === ZERO) this.at -= 1;
  }
}

/** The bytes of a text that is written again and again. */
export function literal(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
