import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { PassThrough } from "node:stream";
import { createGunzip } from "node:zlib";
import { errorMessage, TapedeckError } from "../../errors.ts";

/** A longer line is given as null and its bytes are skipped. */
const MAX_RECORDED_LINE = 4 * 1_048_576;
const NEWLINE = 0x0a;

/** Consecutive lines of a file: `number` is that of the first, counted from 1. */
export interface LineBlock {
  number: number;
  lines: (string | null)[];
  /** Bytes read from the disk so far. */
  done: number;
}

/** Lines of a file, compressed by gzip or not, in blocks of one chunk. At most one chunk and one line are in memory. UNAVAILABLE, BAD_INPUT. */
export async function* readLines(file: string): AsyncGenerator<LineBlock> {
  const isGzip = await beginsAsGzip(file);
  const source = createReadStream(file);
  const content = isGzip ? createGunzip() : new PassThrough();
  // What goes wrong in either ends the iteration below as well.
  const copied = pipeline(source, content).catch(() => undefined);
  const splitter = new LineSplitter();
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      const { number } = splitter;
      const lines = splitter.split(chunk);
      if (lines.length > 0) yield { number, lines, done: source.bytesRead };
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    source.destroy();
    await copied;
  }
  const { number } = splitter;
  const rest = splitter.rest();
  yield { number, lines: rest, done: source.bytesRead };
}

function unreadable(file: string, error: unknown): TapedeckError {
  if (error instanceof TapedeckError) return error;
  const isContent = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
  return isContent
    ? new TapedeckError("BAD_INPUT", `${file} is damaged, its compression ends early or is wrong: ${error.message}`)
    : new TapedeckError("BAD_INPUT", `${file} cannot be read: ${errorMessage(error)}`, { cause: error });
}

async function beginsAsGzip(file: string): Promise<boolean> {
  try {
    await using handle = await open(file, "r");
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Cuts chunks into lines, across their borders. */
class LineSplitter {
  /** Of the next line. */
  number = 1;
  #parts: Buffer[] = [];
  #length = 0;
  #isTooLong = false;

  split(chunk: Buffer): (string | null)[] {
    const lines: (string | null)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#line());
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, where it does not end with a line break. */
  rest(): (string | null)[] {
    return this.#length > 0 || this.#isTooLong ? [this.#line()] : [];
  }

  #keep(part: Buffer): void {
    if (part.length === 0 || this.#isTooLong) return;
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length <= MAX_RECORDED_LINE) return;
    this.#isTooLong = true;
    this.#parts = [];
  }

  #line(): string | null {
    const [only = Buffer.alloc(0)] = this.#parts;
    const bytes = this.#parts.length > 1 ? Buffer.concat(this.#parts) : only;
    const line = this.#isTooLong ? null : bytes.toString("utf8");
    this.#parts = [];
    this.#length = 0;
    this.#isTooLong = false;
    this.number += 1;
    return line?.endsWith("\r") === true ? line.slice(0, -1) : line;
  }
}
