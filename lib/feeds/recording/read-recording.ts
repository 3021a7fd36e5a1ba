import { open } from "node:fs/promises";
import { errorCode, errorMessage, TapedeckError } from "../../errors.ts";
import { binanceLines } from "./binance-lines.ts";
import { coinbaseLines } from "./coinbase-lines.ts";
import { csvLines } from "./csv-lines.ts";
import { ndjsonLines } from "./ndjson-lines.ts";
import { readLines } from "./read-lines.ts";
import { RecordedSymbols } from "./recorded-symbol.ts";
import type { LineReader, RecordingBatch, RecordingOptions } from "./recording.ts";
import { ShortTrades } from "./short-trade.ts";

export type { RecordedTick, RecordingBatch, RecordingFormat, RecordingOptions, RejectedLine } from "./recording.ts";
export { RECORDING_FORMATS } from "./recording.ts";

/** Lines in one batch at most. */
const BATCH_LINES = 2_000;
const SHOWN_BYTES = 200;

/**
 * Reads recordings from files, compressed by gzip or not, with no more than a batch in memory. Lines that are not understood are in the
 * batch in which they lie; with `strict` the first of them throws BAD_INPUT, naming file and line, after what came before it was given.
 * BAD_INPUT also for a file that cannot be read, or a CSV file without its header.
 */
export async function* readRecording(options: RecordingOptions): AsyncGenerator<RecordingBatch> {
  const { files, strict } = options;
  const total = await totalSize(files);
  const reader = lineReader(options);
  let before = 0;
  for (const file of files) {
    reader.begin();
    let done = 0;
    for await (const block of readLines(file)) {
      done = block.done;
      const progress = { file, done: before + done, total };
      for (let at = 0; at < block.lines.length; at += BATCH_LINES) {
        const lines = block.lines.slice(at, at + BATCH_LINES);
        const batch = readBlock(reader, { lines, number: block.number + at, strict, progress });
        const [first] = batch.rejected;
        if (strict && first) {
          yield { ...batch, rejected: [] };
          throw new TapedeckError("BAD_INPUT", `${file}, line ${first.line}: ${first.reason}`);
        }
        yield batch;
      }
    }
    before += done;
  }
}

interface Block {
  lines: readonly (string | null)[];
  /** Of the first line. */
  number: number;
  /** Ends at the first line that is not understood. */
  strict: boolean;
  progress: RecordingBatch["progress"];
}

function readBlock(reader: LineReader, { lines, number, strict, progress }: Block): RecordingBatch {
  const batch: RecordingBatch = { ticks: [], rejected: [], progress };
  for (const [index, line] of lines.entries()) {
    if (line?.trim() === "") continue;
    try {
      if (line === null) throw new TapedeckError("BAD_INPUT", "the line is longer than 4 MiB");
      for (const tick of reader.read(line)) batch.ticks.push(tick);
    } catch (error) {
      const rejected = { file: progress.file, line: number + index, reason: errorMessage(error) };
      if (errorCode(error) === "REFUSED") throw new TapedeckError("BAD_INPUT", `${rejected.file}: ${rejected.reason}`);
      if (errorCode(error) !== "BAD_INPUT") throw error;
      batch.rejected.push({ ...rejected, bytes: line?.slice(0, SHOWN_BYTES) ?? "" });
      if (strict) return batch;
    }
  }
  return batch;
}

function lineReader({ format, exchange }: RecordingOptions): LineReader {
  const symbols = new RecordedSymbols(exchange);
  if (format === "binance") return binanceLines(symbols);
  if (format === "coinbase") return coinbaseLines(symbols);
  const trades = new ShortTrades(symbols);
  return format === "csv" ? csvLines(trades) : ndjsonLines(symbols, trades);
}

/** Bytes of all files. */
async function totalSize(files: readonly string[]): Promise<number> {
  let total = 0;
  for (const file of files) {
    try {
      await using handle = await open(file, "r");
      total += (await handle.stat()).size;
      await handle.read(Buffer.alloc(1), 0, 1, 0);
    } catch (error) {
      throw new TapedeckError("BAD_INPUT", `${file} cannot be read: ${errorMessage(error)}`, { cause: error });
    }
  }
  return total;
}
