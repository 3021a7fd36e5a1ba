import type { EngineStore } from "../contracts/engine-store.ts";
import { type CheckpointContent, checkpointContent } from "./checkpoint-content.ts";
import type { Counters } from "./counters.ts";
import type { Emission } from "./emission.ts";
import { INTERVAL_COUNT } from "./intervals.ts";
import type { State } from "./state.ts";
import type { Task } from "./task.ts";
import { IN_FLIGHT, INTERVAL, SEALED, SLOT } from "./window-arena.ts";

export interface CheckpointerOptions {
  store: EngineStore;
  emission: Emission;
  counters: Counters;
  signal: AbortSignal;
}

/**
 * Writes checkpoints of one task, one at a time: W with its publication, then S, then C, each begun when the one before is
 * acknowledged. The bytes are those of the position at which it began; the task goes on meanwhile.
 */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  #running: Promise<void> | null = null;
  /** Position of the newest that is complete. */
  position: number;
  #begun: number;

  constructor(position: number, options: CheckpointerOptions) {
    this.position = position;
    this.#begun = position;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Whether the task has read anything since the newest was begun. */
  isDue(task: Task): boolean {
    return task.state.position > this.#begun;
  }

  /** Begins one where the task stands; none may be running, and everything that the task had to tell must have been sent. */
  begin(task: Task, written: number): void {
    const content = checkpointContent(task, written);
    this.#begun = content.position;
    this.#running = this.#write(task.state, content).finally(() => {
      this.#running = null;
    });
    // A failure is met by whoever waits; it must not end the process before that.
    this.#running.catch(() => undefined);
  }

  /** Waits for the one that runs. Rejects when a round was refused. */
  async finished(): Promise<void> {
    await this.#running;
  }

  async #write(state: State, { position, windows, slots, checkpoint, inFlight }: CheckpointContent): Promise<void> {
    const { store, emission, counters, signal } = this.#options;
    // A window that is stored takes the line no more that corrected it: nobody would report that line again.
    await emission.reported();
    await Promise.all([windows.length > 0 && store.write(windows, signal), emission.settled()]);
    acknowledge(state, inFlight);
    counters.windowsStored += windows.length;
    if (slots.length > 0) await store.write(slots, signal);
    counters.slotsStored += slots.length;
    await store.write([checkpoint], signal);
    counters.checkpoints += 1;
    this.position = position;
  }
}

/**
 * The windows of a round are stored and published: those that are sealed and have not changed since leave memory. Not here: a frame may
 * be waiting for windows that are not in memory, and those that are were not asked for.
 */
function acknowledge(state: State, windows: Int32Array): void {
  const { arena, leaving } = state;
  for (const window of windows) {
    arena.clear(window, IN_FLIGHT);
    if (!arena.has(window, SEALED)) continue;
    leaving.add(arena.word(window, SLOT) * INTERVAL_COUNT + arena.word(window, INTERVAL));
  }
}
