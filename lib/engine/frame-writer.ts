import { JsonWriter } from "./json-writer.ts";

/** A frame is full with the first line that makes it this long. */
const FRAME_BYTES = 65_536;
/** More than the longest line needs: 20 prints and 64 held ones, with 8 conditions of 16 characters, each of up to 3 bytes. */
export const LONGEST_LINE = 65_536;
const CAPACITY = FRAME_BYTES + LONGEST_LINE;
const NEWLINE = 10;

/** Lines for a topic, gathered in the frames in which they are sent. What was taken keeps its bytes: the writer goes on behind them. */
export class FrameWriter {
  readonly json = new JsonWriter(CAPACITY);
  /** Where the frame begins that is being filled. */
  #start = 0;
  #frames: Buffer[] = [];
  #lines = 0;

  /** Lines that were not taken yet. */
  get lines(): number {
    return this.#lines;
  }

  /** Begins a line: it is what the caller then writes to `json`. */
  begin(): void {
    const { json } = this;
    if (json.at - this.#start >= FRAME_BYTES) this.#cut();
    if (json.at + LONGEST_LINE > CAPACITY) this.#renew();
    if (json.at > this.#start) json.buffer[json.at++] = NEWLINE;
    this.#lines += 1;
  }

  /** A line that exists already. */
  line(text: string): void {
    this.begin();
    this.json.unicode(text);
  }

  /** Everything since the last call, as frames. */
  take(): Buffer[] {
    this.#cut();
    const frames = this.#frames;
    this.#frames = [];
    this.#lines = 0;
    return frames;
  }

  #cut(): void {
    const { json } = this;
    if (json.at > this.#start) this.#frames.push(json.buffer.subarray(this.#start, json.at));
    this.#start = json.at;
  }

  /** Goes on in a fresh buffer, with the lines of the frame that is being filled. */
  #renew(): void {
    const { json } = this;
    const fresh = Buffer.allocUnsafeSlow(CAPACITY);
    json.at = json.buffer.copy(fresh, 0, this.#start, json.at);
    json.buffer = fresh;
    this.#start = 0;
  }
}
