import type { Micros } from "../../domain/interval.ts";
import type { Trade } from "../../contracts/ticks.ts";
import type { FeedStatus, FeedTick } from "../feed.ts";

export const RECORDING_FORMATS = ["binance", "coinbase", "ndjson", "csv"] as const;
export type RecordingFormat = (typeof RECORDING_FORMATS)[number];

export interface RecordingOptions {
  format: RecordingFormat;
  /** Read one after the other, in this order. */
  files: readonly string[];
  /** Of all symbols, whatever the recording calls theirs: `TAPE`. */
  exchange: string;
  /** The first line that is not understood ends the reading. */
  strict: boolean;
}

/** It need not have an id. */
export type RecordedTrade = Omit<Trade, "channel" | "receivedTime">;

/** A trade or a quote, or whether a symbol trades. */
export interface RecordedTick {
  tick: RecordedTrade | Extract<FeedTick, { type: "quote" }> | ({ type: "status" } & FeedStatus);
  /** The recorder's clock; the event time where the recording has none. */
  receivedTime: Micros;
}

/** A line that was not understood. `bytes` is its beginning. */
export interface RejectedLine {
  file: string;
  line: number;
  reason: string;
  bytes: string;
}

/** What a stretch of a recording gave, in the order of its lines. */
export interface RecordingBatch {
  ticks: RecordedTick[];
  rejected: RejectedLine[];
  /** The file being read, and bytes of all files as they lie on the disk. */
  progress: { file: string; done: number; total: number };
}

/** Understands the lines of one recording, from its first file to its last. */
export interface LineReader {
  /** A file begins. */
  begin(): void;
  /** What a line says, which may be nothing. Throws BAD_INPUT with the reason. */
  read(line: string): RecordedTick[];
}
