import type { CheckpointDocument, MemoryReader, SlotDocument } from "../contracts/engine-store.ts";
import type { Elastic } from "./client.ts";
import { readDocument } from "./documents.ts";
import type { IndexNames } from "./index-names.ts";

/** What the engine remembers, for others: a fault of the server is told at once. */
export function createMemoryReader(elastic: Elastic, names: IndexNames): MemoryReader {
  return {
    memory: async (topic, partition, symbol) => {
      const index = names.fixed("checkpoints");
      const [checkpoint, slot] = await Promise.all([
        readDocument<CheckpointDocument>(elastic, index, `${topic}|${partition}`),
        readDocument<SlotDocument>(elastic, index, `slot|${symbol}`),
      ]);
      return checkpoint && slot && { checkpoint: checkpoint.source, slot: slot.source };
    },
  };
}
