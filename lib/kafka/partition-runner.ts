import { setImmediate as nextTurn } from "node:timers/promises";
import type { LogRecord, PartitionTask } from "../contracts/log.ts";
import type { PartitionRange } from "./connection.ts";
import { RecordQueue } from "./record-queue.ts";

/** How often a task's `idle` is called at least, milliseconds. */
const IDLE_EVERY = 20;
/** The most bytes that one call of `process` gets: between calls heartbeats, timers and sockets have their turn. */
const SLICE_BYTES = 524_288;
/** More than this waiting and the partition is paused, less and it is read on: two fetches, so that one is always there. */
const PAUSE_ABOVE = 6_291_456;
const RESUME_BELOW = 2_097_152;

export interface RunnerHooks {
  /** The task is open: read from here on. */
  opened(position: number): void;
  pause(): void;
  resume(): void;
  /** The task threw: none of its methods is called any more. */
  failed(error: unknown): void;
}

/**
 * Runs one task over one assignment of its partition: everything that is called on the task is called from one loop, so never two at
 * a time. Holds at most PAUSE_ABOVE bytes and one fetch; the partition is paused meanwhile.
 */
export class PartitionRunner {
  readonly #task: PartitionTask;
  readonly #hooks: RunnerHooks;
  readonly #queue = new RecordQueue();
  #end = 0;
  #paused = false;
  #closing = false;
  #failed = false;
  #idleAt = 0;
  #wake = (): void => {};
  #running: Promise<void> = Promise.resolve();

  constructor(task: PartitionTask, hooks: RunnerHooks) {
    this.#task = task;
    this.#hooks = hooks;
  }

  get checkpoint(): number | null {
    return this.#task.checkpoint ?? null;
  }

  /** Opens the task and begins its loop. `range` is asked for once it is the task's turn. */
  start(range: () => Promise<PartitionRange>): void {
    this.#running = this.#run(range).catch((error: unknown) => {
      this.#failed = true;
      this.#hooks.failed(error);
    });
  }

  push(records: LogRecord[], end: number): void {
    if (this.#closing) return;
    this.#queue.add(records);
    this.#end = end;
    if (!this.#paused && this.#queue.bytes > PAUSE_ABOVE) {
      this.#paused = true;
      this.#hooks.pause();
    }
    this.#wake();
  }

  /** Waits for the call that is under way, then closes the task, unless it has thrown. What waits is forgotten. */
  async close(last: boolean): Promise<void> {
    this.#closing = true;
    this.#wake();
    await this.#running;
    if (!this.#failed) await this.#task.close(last);
  }

  async #run(range: () => Promise<PartitionRange>): Promise<void> {
    const position = await this.#task.open(await range());
    if (!this.#isOpen()) return;
    this.#hooks.opened(position);
    while (this.#isOpen()) {
      const slice = this.#queue.take(SLICE_BYTES);
      if (slice.length > 0) {
        await this.#task.process(slice, this.#end);
        this.#resumeIfDrained();
        await nextTurn();
      } else {
        await this.#pauseForRecords();
      }
      if (this.#isOpen() && performance.now() - this.#idleAt >= IDLE_EVERY - 1) {
        await this.#task.idle?.();
        this.#idleAt = performance.now();
      }
    }
  }

  #isOpen(): boolean {
    return !this.#closing;
  }

  #resumeIfDrained(): void {
    if (!this.#paused || this.#queue.bytes >= RESUME_BELOW || this.#closing) return;
    this.#paused = false;
    this.#hooks.resume();
  }

  #pauseForRecords(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, IDLE_EVERY);
    this.#wake = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }
}
