import { z } from "zod";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import { names } from "../../contracts/topics.ts";
import type { CountedPrint } from "../../contracts/views.ts";
import { SECOND } from "../../domain/interval.ts";
import { partitionOf } from "../../domain/partition.ts";
import { countFrom, remember, type Remembered } from "../../engine/remembered.ts";
import type { LogRecord } from "../../contracts/log.ts";
import type { WindowDocument } from "../../contracts/engine-store.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

/** The most prints of a second that are listed; the first ones by their place in the log. */
export const MOST_COUNTED = 200;
/** The most messages of the log that are read for it: late trades of a second may lie far behind it. */
const MOST_RECORDS = 20_000;

export const countedInput = z.object({ symbol: symbolSchema, time: microsSchema });

type CountedNeeds = Pick<Services, "bars" | "config" | "directory" | "memory" | "ticks">;

/**
 * The prints of one second of event time that count, by which an admin finds the one to take out: read from the log between the first
 * and the last of its bar. NOT_FOUND for an unknown symbol; UNAVAILABLE where the log does not hold them any more.
 */
export async function countedPrints(
  { bars, config, directory, memory, ticks }: CountedNeeds,
  { symbol, time }: z.infer<typeof countedInput>,
): Promise<CountedPrint[]> {
  await directory.get(symbol);
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const partition = partitionOf(symbol, config.TAPEDECK_PARTITIONS);
  const window = (await bars.get(symbol, "1s", time - (time % SECOND)))?.document;
  const stored = await memory.memory(topic, partition, symbol);
  if (!window || window.trades === 0 || !stored) return [];
  const range = (await ticks.topicEnds(topic)).find((each) => each.partition === partition);
  const remembered = remember(stored);
  const { counted, from } = countFrom(remembered, window);
  if (window.epoch !== stored.checkpoint.epoch || (range && from < range.start)) {
    throw new TapedeckError("UNAVAILABLE", "The log does not hold the trades of this second any more.");
  }
  const found: CountedPrint[] = [];
  const end = Math.min(window.lineage.lastOffset + 1, from + MOST_RECORDS);
  for await (const records of ticks.readRange(topic, partition, from, end)) {
    for (const record of records) found.push(...printsOf(counted, remembered, window, record));
    if (found.length >= MOST_COUNTED) break;
  }
  return found.slice(0, MOST_COUNTED);
}

function* printsOf(
  counted: ReturnType<typeof countFrom>["counted"],
  { state }: Remembered,
  { start, end }: WindowDocument,
  record: LogRecord,
): Generator<CountedPrint> {
  for (const { time, id, space, price, size, eligible } of counted.read(record)) {
    if (eligible === 0 || time < start || time >= end) continue;
    const idSpace = state.names.spaces.names[space] ?? "";
    const conditions = counted.conditions === undefined ? [] : (JSON.parse(counted.conditions) as string[]);
    yield { id, ...(idSpace !== "" && { idSpace }), time, price, size, conditions };
  }
}
