import type { EngineStore } from "../contracts/engine-store.ts";
import { type CheckpointContent, checkpointContent, checkpointItem, type InFlight } from "./checkpoint-content.ts";
import type { Counters } from "./counters.ts";
import type { Emission } from "./emission.ts";
import { INTERVAL_COUNT } from "./intervals.ts";
import { forgottenParts, savepointItems } from "./savepoint.ts";
import { UNSAVED as UNSAVED_SLOT } from "./slot-rows.ts";
import type { State } from "./state.ts";
import type { Task } from "./task.ts";
import { IN_FLIGHT, INTERVAL, SEALED, SLOT } from "./window-arena.ts";

export interface CheckpointerOptions {
  /** Where it was opened. */
  position: number;
  /** Parts of the savepoint from which it was opened; none where the store had everything. */
  savepoint: readonly string[];
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
  /** Parts that the next complete checkpoint makes needless. */
  #needless: readonly string[];
  #running: Promise<void> | null = null;
  /** What the one that runs writes and is not acknowledged, and what ends it. */
  #inFlight: InFlight | null = null;
  #abort = new AbortController();
  /** Position of the newest that is complete. */
  position: number;
  #begun: number;

  constructor(options: CheckpointerOptions) {
    const { position, savepoint } = options;
    this.position = position;
    this.#begun = savepoint.length > 0 ? position - 1 : position;
    this.#needless = savepoint;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Whether the task has read anything since the newest was begun, or holds what the store has never had. */
  isDue(task: Task): boolean {
    return task.state.position > this.#begun;
  }

  /** Whether a savepoint holds everything as it is. */
  isLeft(task: Task): boolean {
    return this.#needless.length > 0 && !this.isRunning && task.state.position === this.#options.position;
  }

  /** Begins one where the task stands; none may be running, and everything that the task had to tell must have been sent. */
  begin(task: Task, written: number, savepoint: readonly string[] = []): void {
    const content = checkpointContent(task, written, savepoint);
    this.#begun = content.position;
    this.#inFlight = content.inFlight;
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

  /**
   * Leaves everything where the task stands, in a few documents that the next owner reads at once, and then as a checkpoint does: for
   * readers, and for an owner who does not find the savepoint. Ended before that, nothing is lost. `written`: microseconds.
   */
  async leave(task: Task, written: number): Promise<void> {
    const { store, emission, signal } = this.#options;
    const { state } = task;
    await this.#giveUp(state);
    const savepoint = savepointItems(state);
    const parts = savepoint.map(({ id }) => id);
    const checkpoint = checkpointItem(task, written, parts);
    if (savepoint.length > 0) await store.write(savepoint, signal);
    await emission.settled();
    await store.write([checkpoint], signal);
    this.position = state.position;
    if (state.unsavedWindows.length + state.unsavedSlots.length + state.givenBars.size === 0) return;
    this.begin(task, written, parts);
    await this.finished();
  }

  /** Ends the one that runs: what is not acknowledged of it is unsaved again. What is on its way may still arrive, and is older. */
  async #giveUp(state: State): Promise<void> {
    this.#abort.abort();
    await this.#running?.catch(() => undefined);
    this.#abort = new AbortController();
    if (this.#inFlight) takeBack(state, this.#inFlight);
    this.#inFlight = null;
  }

  async #write(state: State, { position, windows, slots, checkpoint, inFlight }: CheckpointContent): Promise<void> {
    const { store, emission, counters } = this.#options;
    const signal = AbortSignal.any([this.#options.signal, this.#abort.signal]);
    // A window that is stored takes the line no more that corrected it: nobody would report that line again.
    await emission.reported();
    await Promise.all([windows.length > 0 && store.write(windows, signal), emission.settled()]);
    acknowledge(state, inFlight.windows);
    this.#inFlight = { ...inFlight, windows: NONE, given: new Map() };
    counters.windowsStored += windows.length;
    if (slots.length > 0) await store.write(slots, signal);
    counters.slotsStored += slots.length;
    this.#inFlight = null;
    await store.write([checkpoint], signal);
    counters.checkpoints += 1;
    this.position = Math.max(this.position, position);
    const needless = this.#needless;
    this.#needless = [];
    if (needless.length > 0) await store.write(forgottenParts(state, needless), signal);
  }
}

const NONE = new Int32Array();

function takeBack(state: State, { windows, slots, given }: InFlight): void {
  for (const window of windows) {
    state.arena.clear(window, IN_FLIGHT);
    state.saveWindow(window);
  }
  for (const slot of slots) state.setStatus(slot, UNSAVED_SLOT);
  for (const [id, bar] of given) if (!state.givenBars.has(id)) state.givenBars.set(id, bar);
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
