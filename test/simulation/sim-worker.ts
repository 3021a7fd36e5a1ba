import type { EngineStore } from "#lib/contracts/engine-store.ts";
import type { Frame } from "#lib/contracts/log.ts";
import type { Counters, EngineTask } from "#lib/engine/run-engine.ts";

/** A send on its way to a topic. */
export interface Sending {
  worker: SimWorker;
  frames: readonly Frame[];
  topic: string;
  acknowledge: () => void;
}

/** What waits for the time. */
export interface Timer {
  worker: SimWorker | null;
  due: number;
  run: () => void;
}

/** What a worker is told to do next. */
export type Turn = "record" | "idle" | "leave" | "stop";

export interface SimWorker {
  number: number;
  engine: EngineTask;
  counters: Counters;
  isOpen: boolean;
  isDead: boolean;
  /** Lets it take its next turn; null while it is busy or waits for a server. */
  wake: ((turn: Turn) => void) | null;
  failure: unknown;
}

/** A store of which single methods can be replaced. */
export function portOf(store: EngineStore): EngineStore {
  return {
    readCheckpoint: (topic, partition) => store.readCheckpoint(topic, partition),
    newestEpoch: (topic) => store.newestEpoch(topic),
    readSlots: (partition) => store.readSlots(partition),
    readSavepoint: (ids) => store.readSavepoint(ids),
    readWindows: (keys) => store.readWindows(keys),
    write: (items, signal) => store.write(items, signal),
  };
}
