import type { EngineOptions, EngineTask } from "./engine-options.ts";
import { PartitionEngine } from "./partition-engine.ts";

export type { Clock, EngineOptions, EngineTask } from "./engine-options.ts";
export { Counters } from "./counters.ts";
export type { LogAccess } from "./log-access.ts";

/** The engine of one partition of `ticks`: a pure task, and around it the clock, the reads, the writes and the sends. */
export function createPartitionTask(options: EngineOptions): EngineTask {
  return new PartitionEngine(options);
}
