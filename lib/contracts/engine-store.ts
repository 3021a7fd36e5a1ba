import type { GivenBar } from "./ticks.ts";
import type { Bar } from "./bars.ts";

/** Version of everything the engine stores: epoch · 2^40 + position. Exact in a double while the epoch is below 8,192. */
export const EPOCH_FACTOR = 2 ** 40;

export function storedVersion(epoch: number, position: number): number {
  return epoch * EPOCH_FACTOR + position;
}

/** One built bar as stored: the bar, and all that is needed to go on with it bit for bit. */
export interface WindowDocument extends Bar {
  given: false;
  epoch: number;
  /** The next offset after the frame up to which this document is the log's truth. */
  position: number;
  topology: string;
  /** Raw accumulators; for 1m, 1h and 1d the sketches and the volume profile: base64 of their lossless encodings. */
  raw: string;
  sketch: string | null;
  profile: string | null;
  /** Our clock at the write, microseconds; retention looks at it, nothing else does. */
  written: number;
}

/** A bar as its source gave it, stored beside the built one. */
export interface GivenBarDocument extends Omit<GivenBar, "type"> {
  given: true;
  epoch: number;
  position: number;
  partition: number;
  offset: number;
  line: number;
  written: number;
}

export interface SlotDocument {
  kind: "slot";
  symbol: string;
  partition: number;
  epoch: number;
  position: number;
  topology: string;
  /** Everything else of the slot, JSON by the engine's codec. */
  state: string;
}

export interface CheckpointDocument {
  kind: "checkpoint";
  topic: string;
  partition: number;
  partitions: number;
  epoch: number;
  /** v: the next offset to read. */
  position: number;
  /** Where this epoch began in this partition, and the event time before which it writes no window. */
  begin: number;
  from: number;
  topology: string;
  /** The engine's logic number. */
  logic: number;
  /** crc32 of the value and timestamp of the record before `position`; null at the begin. */
  fingerprint: { offset: number; crc: number; timestamp: number } | null;
  /** Channels' watermarks and configurations, JSON by the engine's codec. */
  state: string;
  written: number;
  /** Ids of the parts of a savepoint at this position. Where they are gone, slots and windows are as new as `position` or newer. */
  savepoint?: { parts: string[] };
}

/** A part of everything that a task held when its worker ended orderly. */
export interface SavepointDocument {
  kind: "savepoint";
  topic: string;
  partition: number;
  epoch: number;
  position: number;
  /** Base64 of compressed lines, by the engine's codec; empty when it is not needed any more. */
  savepoint: { data: string };
}

/** Where a document goes: bars by interval and start, everything else by kind. */
export type WriteTarget =
  | { kind: "window" | "given"; interval: Bar["interval"]; start: number }
  | { kind: "slot" | "checkpoint" | "savepoint" | "latest" };

/** One whole document, serialised once: a retry sends the same bytes. */
export interface WriteItem {
  target: WriteTarget;
  id: string;
  version: number;
  /** The JSON of the document. */
  body: string;
}

export interface WindowKey {
  symbol: string;
  interval: Bar["interval"];
  start: number;
}

/** Reads what the engine remembers, for others than the engine. */
export interface MemoryReader {
  /** Real-time gets: the checkpoint of a partition and the slot of a symbol in it, null where either is missing. */
  memory(topic: string, partition: number, symbol: string): Promise<EngineMemory | null>;
}

export interface EngineMemory {
  checkpoint: CheckpointDocument;
  slot: SlotDocument;
}

/** What the engine needs of Elasticsearch. Every call may reject with UNAVAILABLE or TIMEOUT only after the caller's signal aborts. */
export interface EngineStore {
  /** Real-time get of `topic|partition`. */
  readCheckpoint(topic: string, partition: number): Promise<CheckpointDocument | null>;
  /** Newest epoch of any checkpoint of the topic, 0 when there is none. */
  newestEpoch(topic: string): Promise<number>;
  /** Refreshes, then reads every slot of the partition over a point in time; fails when any shard does. */
  readSlots(partition: number): AsyncIterable<SlotDocument[]>;
  /** Real-time `_mget`, in the order of the keys; null is 404 (also for an index that retention dropped). */
  readWindows(keys: readonly WindowKey[]): Promise<(WindowDocument | null)[]>;
  /** The data of the parts of a savepoint, by real-time get, in the order of the ids; null where any of them is gone. */
  readSavepoint(ids: readonly string[]): Promise<string[] | null>;
  /**
   * One round: resolves when every item is stored (2xx) or an equal or newer version is there (409).
   * 429, 5xx and timeouts are retried without end, the same bytes, with jittered backoff. Any other 4xx rejects with REJECTED, naming the item.
   */
  write(items: readonly WriteItem[], signal?: AbortSignal): Promise<void>;
}
