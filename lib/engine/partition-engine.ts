import { barId } from "../contracts/bars.ts";
import type { WindowDocument, WindowKey } from "../contracts/engine-store.ts";
import type { LogRecord } from "../contracts/log.ts";
import type { PartitionReport } from "../contracts/sources.ts";
import { TapedeckError } from "../errors.ts";
import { Checkpointer } from "./checkpoint.ts";
import { Emission } from "./emission.ts";
import type { EngineOptions, EngineTask } from "./engine-options.ts";
import { refused } from "./identity.ts";
import { tellLatest } from "./latest.ts";
import { LatestStore } from "./latest-store.ts";
import { enoughUnsaved, isFarBehind, latestPace } from "./pace.ts";
import type { Recount } from "./recount.ts";
import { ownWindow, restore } from "./restore.ts";
import { storedBarLine } from "./window-codec.ts";
import type { Fetched } from "./state.ts";
import type { Task } from "./task.ts";
import { forgetLeaving } from "./watermarks.ts";

/** With so many times the changed windows that are worth a checkpoint, nothing more is read until the store has caught up; above so many
 * bytes, until the producer has. */
const UNSAVED_FULL = 2;
const PENDING_MOST = 8_388_608;
/** Lines for `bars`, and letters, are sent at the latest when so many wait. */
const BARS_ENOUGH = 500;
const LETTERS_ENOUGH = 100;
/** How long the last checkpoint of an orderly end may take, milliseconds; the savepoint comes first. */
const LAST_CHECKPOINT_WITHIN = 8000;
/** How often it is asked whether somebody has begun a newer epoch, milliseconds. */
const LOOK_FOR_EPOCH_EVERY = 30_000;

/** What exists once the partition is open. */
interface Opened {
  task: Task;
  checkpointer: Checkpointer;
  latest: LatestStore;
}

/**
 * Runs one task on one assignment of a partition. Everything it holds is bounded: with too many changed windows or PENDING_MOST
 * unacknowledged bytes `process` does not return, so that nothing more is fetched.
 */
export class PartitionEngine implements EngineTask {
  readonly #options: EngineOptions;
  readonly #emission: Emission;
  readonly #abort = new AbortController();
  #opened: Opened | null = null;
  #end = 0;
  /** How long ago what was read last was sent, milliseconds. */
  #lag = 0;
  #checkpointTime: number | null = null;
  #drainedAt = -Infinity;
  #latestAt = -Infinity;
  #storedLatestAt = -Infinity;
  #checkpointAt = -Infinity;
  #epochSeenAt = -Infinity;
  #failure: unknown = null;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#emission = new Emission(options.producer, options.names, options.partition);
  }

  get checkpoint(): number | null {
    return this.#opened?.checkpointer.position ?? null;
  }

  async open({ end }: { start: number; end: number }): Promise<number> {
    const { names, partition, store, log, counters, clock, cadence, report } = this.#options;
    const began = clock.elapsed();
    const { task, checkpoint, savepoint, lost } = await restore({
      topic: names.ticks,
      partition,
      store,
      log,
      counters,
      now: () => clock.wall(),
      cadence: cadence === "record" ? "record" : "batch",
    });
    const signal = this.#abort.signal;
    const { position } = checkpoint;
    this.#end = end;
    this.#opened = {
      task,
      checkpointer: new Checkpointer({ position, savepoint, store, emission: this.#emission, counters, signal }),
      latest: new LatestStore(store, signal),
    };
    this.#checkpointTime = checkpoint.written;
    this.#checkpointAt = this.#epochSeenAt = clock.elapsed();
    const { slots, arena } = task.state;
    const facts = { partition, epoch: checkpoint.epoch, position, end, symbols: slots.length, windows: arena.live };
    report.info({ ...facts, milliseconds: Math.round(clock.elapsed() - began) }, "partition restored");
    if (lost.length > 0) {
      report.warn(
        { partition, windows: lost.length, first: lost[0] },
        "unsealed windows are gone from the store, as after their retention; they count as incomplete",
      );
    }
    return position;
  }

  async process(records: readonly LogRecord[], end: number): Promise<void> {
    const { task } = this.#open();
    this.#end = end;
    this.#lag = this.#options.clock.wall() / 1000 - (records.at(-1)?.timestamp ?? 0);
    for (const record of records) {
      if (record.offset < task.state.position) continue;
      if (record.offset > task.state.position) await this.#crossGap(record.offset);
      task.parse(record);
      const keys = task.needs();
      let recount = task.apply(keys.length > 0 ? await this.#fetch(keys) : undefined);
      while (recount) {
        await this.#readAgain(recount, record.offset);
        recount = task.resume();
      }
      this.#tend();
      if (this.#isFull()) await this.#relieve();
    }
  }

  async idle(): Promise<void> {
    this.#open();
    this.#tend();
    if (this.#isFull()) await this.#relieve();
  }

  async close(last: boolean): Promise<void> {
    const limit = setTimeout(() => this.#abort.abort(), LAST_CHECKPOINT_WITHIN);
    if (!last) this.#abort.abort();
    try {
      if (last && this.#opened && this.#failure === null) await this.#lastCheckpoint(this.#opened);
    } finally {
      clearTimeout(limit);
      this.#abort.abort();
      // What was under way ends with the signal; whether it was stored or not makes no difference to the next owner.
      await this.#opened?.checkpointer.finished().catch(() => undefined);
    }
  }

  report(): PartitionReport | null {
    if (!this.#opened || this.#abort.signal.aborted) return null;
    const { state } = this.#opened.task;
    return {
      partition: this.#options.partition,
      position: state.position,
      end: Math.max(this.#end, state.position),
      checkpoint: this.#opened.checkpointer.position,
      checkpointTime: this.#checkpointTime,
      watermark: state.watermark,
      openWindows: state.arena.live,
      symbols: state.slots.length,
    };
  }

  #open(): Opened {
    if (!this.#opened) throw new TapedeckError("INTERNAL", "The partition is not open");
    if (this.#failure !== null) throw this.#failure;
    this.#emission.throwFailure();
    return this.#opened;
  }

  /** Everything that is due by the clock. Starts sends and writes, and waits for none. Never between a frame's reads and its application. */
  #tend(): void {
    const { task, checkpointer, latest } = this.#open();
    const { state } = task;
    if (state.leaving.size > 0) forgetLeaving(state);
    const now = this.#options.clock.elapsed();
    const { cadence, checkpointEvery } = this.#options;
    const farBehind = this.#end > state.position && isFarBehind(this.#lag);
    const { publishEvery, storeEvery } = latestPace(state.slots.length, farBehind);
    if (cadence === "record" || (!farBehind && now - this.#drainedAt >= cadence)) this.#drain(task, now);
    else if (state.bars.lines >= BARS_ENOUGH || task.letters >= LETTERS_ENOUGH) this.#send(task);
    if (now - this.#latestAt >= publishEvery) {
      this.#latestAt = now;
      tellLatest(state);
      this.#emission.latest(state.latest.take());
    }
    if (now - this.#storedLatestAt >= storeEvery) {
      this.#storedLatestAt = now;
      latest.write(state);
    }
    const isEarly = this.#unsaved() >= enoughUnsaved(state.slots.length);
    if (!checkpointer.isRunning && (isEarly || now - this.#checkpointAt >= checkpointEvery)) this.#checkpoint(now);
    if (now - this.#epochSeenAt >= LOOK_FOR_EPOCH_EVERY) void this.#lookForEpoch(now);
  }

  #drain(task: Task, now: number): void {
    this.#drainedAt = now;
    task.state.publishEarly();
    this.#send(task);
  }

  #send(task: Task): void {
    const { state } = task;
    if (state.bars.lines > 0) this.#emission.bars(state.bars.take());
    if (task.deadLetters.length > 0) this.#emission.dead(task.deadLetters.splice(0));
    if (task.lateLetters.length > 0) this.#emission.late(task.lateLetters.splice(0));
  }

  #checkpoint(now: number): void {
    const { task, checkpointer } = this.#open();
    this.#checkpointAt = now;
    if (!checkpointer.isDue(task)) return;
    this.#drain(task, now);
    checkpointer.begin(task, this.#options.clock.wall());
    void this.#awaitCheckpoint(checkpointer, now);
  }

  /** Never rejects: a failure is thrown by the next call from outside. */
  async #awaitCheckpoint(checkpointer: Checkpointer, began: number): Promise<void> {
    const { clock, counters } = this.#options;
    try {
      await checkpointer.finished();
      this.#checkpointTime = clock.wall();
      counters.checkpointSeconds += (clock.elapsed() - began) / 1000;
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #unsaved(): number {
    const { state } = this.#open().task;
    return state.unsavedWindows.length + state.givenBars.size;
  }

  #isFull(): boolean {
    return this.#isStoreBehind() || this.#emission.pendingBytes >= PENDING_MOST;
  }

  #isStoreBehind(): boolean {
    return this.#unsaved() >= UNSAVED_FULL * enoughUnsaved(this.#open().task.state.slots.length);
  }

  /** Waits until there is room again. */
  async #relieve(): Promise<void> {
    const { checkpointer } = this.#open();
    if (this.#emission.pendingBytes >= PENDING_MOST) await this.#emission.settled();
    if (!this.#isStoreBehind()) return;
    await checkpointer.finished();
    this.#checkpoint(this.#options.clock.elapsed());
  }

  /** Reads closed windows; publishes those again that are ahead of the task, for their publication may have been lost. */
  async #fetch(keys: readonly WindowKey[]): Promise<Fetched> {
    const { task } = this.#open();
    const { state, frame } = task;
    const documents = await this.#options.store.readWindows(keys);
    const fetched = new Map<string, WindowDocument | null>();
    for (const [at, { symbol, interval, start }] of keys.entries()) {
      const document = ownWindow(state.identity, documents[at] ?? null);
      fetched.set(barId(symbol, interval, start), document);
      if (document && document.position > frame.offset) state.bars.line(storedBarLine(document));
    }
    this.#options.counters.windowsReadOnDemand += keys.length;
    return fetched;
  }

  /** Gives a recount what lies in the log from its anchor to before this offset. */
  async #readAgain(recount: Recount, to: number): Promise<void> {
    const { partition, log, counters } = this.#options;
    const { offset: from } = recount.anchor;
    if (from >= to) return;
    for await (const records of log.range(partition, from, to)) {
      for (const record of records) recount.read(record);
      counters.recordsReadAgain += records.length;
    }
  }

  /** Offsets are missing: either the broker's own (ends of transactions), or ticks that were deleted before they were read. */
  async #crossGap(offset: number): Promise<void> {
    const { names, partition, log } = this.#options;
    const { position } = this.#open().task.state;
    const range = (await log.ranges()).find((each) => each.partition === partition);
    if (range && range.start <= position) return;
    throw refused(
      names.ticks,
      partition,
      `the ticks from offset ${position} to ${offset} were deleted before they were read`,
    );
  }

  /** Never rejects: a failure is thrown by the next call from outside. */
  async #lookForEpoch(now: number): Promise<void> {
    const { names, partition, store } = this.#options;
    const { epoch } = this.#open().task.state.identity;
    this.#epochSeenAt = now;
    try {
      const newest = (await store.readCheckpoint(names.ticks, partition))?.epoch ?? 0;
      if (newest <= epoch) return;
      this.#failure ??= refused(names.ticks, partition, `epoch ${newest} has begun, and this is epoch ${epoch}`);
    } catch (error) {
      this.#failure ??= error;
    }
  }

  async #lastCheckpoint({ task, checkpointer }: Opened): Promise<void> {
    this.#drain(task, this.#options.clock.elapsed());
    if (!checkpointer.isLeft(task)) await checkpointer.leave(task, this.#options.clock.wall());
  }
}
