import type { EngineStore } from "../contracts/engine-store.ts";
import type { LogProducer, PartitionTask } from "../contracts/log.ts";
import type { PartitionReport } from "../contracts/sources.ts";
import type { Names } from "../contracts/topics.ts";
import type { Log } from "../log.ts";
import type { Counters } from "./counters.ts";
import type { LogAccess } from "./log-access.ts";

export interface Clock {
  /** Microseconds since the epoch. */
  wall(): number;
  /** Milliseconds that only grow. */
  elapsed(): number;
}

export interface EngineOptions {
  names: Names;
  partition: number;
  store: EngineStore;
  log: LogAccess;
  producer: LogProducer;
  counters: Counters;
  clock: Clock;
  /** `record`, or the milliseconds in which updates of open bars are gathered. */
  cadence: "record" | number;
  /** Milliseconds from the beginning of one checkpoint to that of the next, at most. */
  checkpointEvery: number;
  report: Pick<Log, "info" | "warn">;
}

/** A partition task that says how it stands. */
export interface EngineTask extends PartitionTask {
  /** null before it is open and after it was closed. */
  report(): PartitionReport | null;
}
