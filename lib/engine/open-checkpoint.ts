import type { CheckpointDocument, EngineStore, WriteItem } from "../contracts/engine-store.ts";
import { storedVersion } from "../contracts/engine-store.ts";
import { checkpointId } from "./checkpoint-content.ts";
import { isSameLog, objection, refused } from "./identity.ts";
import type { LogAccess, PartitionRange } from "./log-access.ts";
import { LOGIC, topologyOf } from "./logic.ts";

export interface OpenOptions {
  topic: string;
  partition: number;
  store: EngineStore;
  log: LogAccess;
  /** Our clock, microseconds. */
  now: () => number;
}

/**
 * The checkpoint from which a partition goes on. The very first start of an installation begins epoch 1 in every partition at the
 * beginning of the log. REFUSED, saying why and what to do, when going on would damage what is stored.
 */
export async function openCheckpoint(options: OpenOptions): Promise<CheckpointDocument> {
  const { topic, partition, store } = options;
  const ranges = await options.log.ranges();
  const own = (await store.readCheckpoint(topic, partition)) ?? (await beginFirstEpoch(options, ranges));
  if (own.position === own.begin) await finishBeginning(options, ranges, own);
  const range = ranges.find((each) => each.partition === partition) ?? { start: 0, end: 0 };
  const expected = { ...range, partitions: ranges.length, topology: topologyOf(topic, ranges.length) };
  const why = objection(own, expected);
  if (why !== null) throw refused(topic, partition, why);
  const newest = await store.newestEpoch(topic);
  if (own.epoch < newest) {
    throw refused(topic, partition, `epoch ${newest} has begun, and this partition is still in epoch ${own.epoch}`);
  }
  const { fingerprint } = own;
  const record =
    fingerprint && fingerprint.offset >= range.start ? await options.log.record(partition, fingerprint.offset) : null;
  if (!isSameLog(own, record)) {
    throw refused(topic, partition, `the record before offset ${own.position} is not the one that was read then`);
  }
  return own;
}

/** Begins epoch 1 where no partition has ever had a checkpoint, or where that was interrupted before anything was read. */
async function beginFirstEpoch(options: OpenOptions, ranges: readonly PartitionRange[]): Promise<CheckpointDocument> {
  const { topic, partition, store, now } = options;
  const others = await readAll(store, topic, ranges);
  // Another process may have begun, and gone on, since it was looked for.
  const begun = others.find((other) => other.partition === partition);
  if (begun) return begun;
  const newest = Math.max(await store.newestEpoch(topic), ...others.map((other) => other.epoch));
  const isBeginning = newest <= 1 && others.every((other) => other.position === other.begin);
  if (!isBeginning) throw refused(topic, partition, `it has none, and epoch ${newest} has begun in other partitions`);
  const documents = ranges.map((range) =>
    beginning(options.topic, ranges.length, { range, epoch: 1, from: 0, now: now() }),
  );
  await writeBeginnings(store, documents);
  const own = documents.find((document) => document.partition === partition);
  if (!own) throw refused(topic, partition, `the topic has ${ranges.length} partitions`);
  return own;
}

/** Nothing of an epoch is read before every partition has its beginning: a start that dies half way is finished by the next. */
async function finishBeginning(
  options: OpenOptions,
  ranges: readonly PartitionRange[],
  own: CheckpointDocument,
): Promise<void> {
  if (own.epoch !== 1) return;
  const others = await readAll(options.store, options.topic, ranges);
  const missing = ranges.filter(({ partition }) => !others.some((other) => other.partition === partition));
  if (missing.length === 0) return;
  const begin = { epoch: 1, from: own.from, now: options.now() };
  await writeBeginnings(
    options.store,
    missing.map((range) => beginning(options.topic, ranges.length, { range, ...begin })),
  );
}

async function readAll(
  store: EngineStore,
  topic: string,
  ranges: readonly PartitionRange[],
): Promise<CheckpointDocument[]> {
  const read = await Promise.all(ranges.map(({ partition }) => store.readCheckpoint(topic, partition)));
  return read.filter((each) => each !== null);
}

export interface Beginning {
  /** The epoch begins at `range.start`. */
  range: { partition: number; start: number };
  epoch: number;
  /** Event time before which it writes no window. */
  from: number;
  now: number;
}

/** The checkpoint with which an epoch begins in a partition: nothing is known, nothing was read. */
export function beginning(
  topic: string,
  partitions: number,
  { range, epoch, from, now }: Beginning,
): CheckpointDocument {
  return {
    kind: "checkpoint",
    topic,
    partition: range.partition,
    partitions,
    epoch,
    position: range.start,
    begin: range.start,
    from,
    topology: topologyOf(topic, partitions),
    logic: LOGIC,
    fingerprint: null,
    state: "[]",
    written: now,
  };
}

export async function writeBeginnings(store: EngineStore, documents: readonly CheckpointDocument[]): Promise<void> {
  const items: WriteItem[] = documents.map((document) => ({
    target: { kind: "checkpoint" },
    id: checkpointId(document.topic, document.partition),
    version: storedVersion(document.epoch, document.position),
    body: JSON.stringify(document),
  }));
  await store.write(items);
}
