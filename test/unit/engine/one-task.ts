import { barId, type BarLine } from "#lib/contracts/bars.ts";
import type { EngineMemory, SlotDocument, WindowDocument } from "#lib/contracts/engine-store.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import { Counters } from "#lib/engine/counters.ts";
import { JsonWriter } from "#lib/engine/json-writer.ts";
import { LOGIC, topologyOf } from "#lib/engine/logic.ts";
import { intervalName } from "#lib/engine/intervals.ts";
import { encodeSlot, restoreSlot } from "#lib/engine/slot-codec.ts";
import type { Fetched } from "#lib/engine/state.ts";
import { type Cadence, Task } from "#lib/engine/task.ts";
import { restoreWindow, writeWindow } from "#lib/engine/window-codec.ts";
import { encodeChannels, restoreChannels } from "#lib/engine/channel-codec.ts";
import { FLAGS, INTERVAL, START } from "#lib/engine/window-arena.ts";

/** A task that has forgotten nothing: closed windows that are not in memory do not exist. */
export class OneTask {
  readonly counters = new Counters();
  readonly task: Task;
  /** Lines of `bars`, oldest first. */
  readonly told: BarLine[] = [];
  /** What it has read, and is given again where it asks for it. */
  readonly log: LogRecord[] = [];

  constructor(cadence: Cadence = "batch", from = 0) {
    const topology = topologyOf("ticks", 1);
    const identity = { topic: "ticks", partition: 0, partitions: 1, topology, epoch: 1, begin: 0, from };
    this.task = new Task(identity, cadence, this.counters);
  }

  read(log: readonly LogRecord[]): this {
    this.log.push(...log);
    for (const record of log) {
      this.task.parse(record);
      const keys = this.task.needs();
      const nothing: Fetched = new Map(
        keys.map(({ symbol, interval, start }) => [barId(symbol, interval, start), null]),
      );
      let recount = this.task.apply(nothing);
      while (recount) {
        const { offset } = recount.anchor;
        for (const each of this.log) if (each.offset >= offset && each.offset < record.offset) recount.read(each);
        recount = this.task.resume();
      }
      this.#hear();
    }
    if (this.counters.unaccounted !== 0) throw new Error("a line was read and not counted");
    return this;
  }

  /** Tells of the open bars that have changed. */
  drain(): this {
    this.task.state.publishEarly();
    this.#hear();
    return this;
  }

  /** Every bar in memory as its document, by id. */
  bars(): Map<string, WindowDocument> {
    return new Map([...this.#windows()].map((window) => this.#document(window)));
  }

  /** Everything that a checkpoint would hold, were every document written. */
  snapshot(): { windows: string[]; slots: string[]; channels: string } {
    const { state } = this.task;
    return {
      windows: [...this.#windows()].map((window) => this.#text(window)),
      slots: state.slots.map((slot) => encodeSlot(state, slot)),
      channels: encodeChannels(state),
    };
  }

  /** What a checkpoint would have stored of a symbol. */
  memory(symbol: string): EngineMemory | null {
    const { state } = this.task;
    const { topic, partition, partitions, epoch, begin, from, topology } = state.identity;
    const slot = state.slots[state.names.symbols.get(symbol)];
    if (!slot) return null;
    const common = { partition, epoch, position: state.position, topology };
    const rest = { partitions, begin, from, logic: LOGIC, fingerprint: null, state: encodeChannels(state), written: 0 };
    return {
      checkpoint: { kind: "checkpoint", topic, ...common, ...rest },
      slot: { kind: "slot", symbol, ...common, state: encodeSlot(state, slot) },
    };
  }

  /** A new task that goes on from the encoded memory of this one. */
  revived(): OneTask {
    const next = new OneTask();
    next.log.push(...this.log);
    const { state } = next.task;
    const { channels } = this.snapshot();
    state.position = this.task.state.position;
    restoreChannels(state, channels);
    for (const slot of this.task.state.slots) {
      const document = { state: encodeSlot(this.task.state, slot) } satisfies Partial<SlotDocument>;
      const own = state.slotOf(slot.symbol);
      if (own) restoreSlot(state, own, state.position, document.state);
    }
    for (const window of this.#windows()) {
      const [, document] = this.#document(window);
      const slot = state.slots[state.names.symbols.get(document.symbol)];
      if (!slot) throw new Error(`no slot of ${document.symbol}`);
      const interval = this.task.state.arena.word(window, INTERVAL);
      const restored = state.arena.create(slot.number, interval, document);
      restoreWindow(state, restored, document);
      // The reference forgets nothing, sealed or not, so its heir must not either.
      state.touchByTrade(restored);
      state.arena.putWord(restored, FLAGS, this.task.state.arena.word(window, FLAGS));
    }
    state.early.clear();
    state.firing.clear();
    return next;
  }

  *#windows(): Generator<number> {
    const { arena, slots } = this.task.state;
    for (let list = 0; list < slots.length * 5; list++) {
      for (let window = arena.heads[list] ?? -1; window >= 0; window = arena.older(window)) {
        if (arena.isBar(window)) yield window;
      }
    }
  }

  #text(window: number): string {
    const json = new JsonWriter(8192);
    writeWindow(json, this.task.state, window, 0);
    return json.ascii(0);
  }

  #document(window: number): [string, WindowDocument] {
    const { state } = this.task;
    const document = JSON.parse(this.#text(window)) as WindowDocument;
    const interval = intervalName(state.arena.word(window, INTERVAL));
    return [barId(document.symbol, interval, state.arena.get(window, START)), document];
  }

  #hear(): void {
    const { state } = this.task;
    for (const frame of state.bars.take()) {
      for (const line of frame.toString().split("\n")) this.told.push(JSON.parse(line) as BarLine);
    }
  }
}
