import { storedVersion, type WriteItem } from "#lib/contracts/engine-store.ts";
import { Checkpointer } from "#lib/engine/checkpoint.ts";
import { slotId } from "#lib/engine/checkpoint-content.ts";
import { FrameWriter } from "#lib/engine/frame-writer.ts";
import { intervalIndex } from "#lib/engine/intervals.ts";
import { JsonWriter } from "#lib/engine/json-writer.ts";
import { LatestStore } from "#lib/engine/latest-store.ts";
import { Slot } from "#lib/engine/slot.ts";
import { encodeSlot } from "#lib/engine/slot-codec.ts";
import { State } from "#lib/engine/state.ts";
import type { Task } from "#lib/engine/task.ts";
import { IN_FLIGHT, UNSAVED, WindowArena } from "#lib/engine/window-arena.ts";
import { WINDOW_BYTES, writeWindow } from "#lib/engine/window-codec.ts";
import { type Mutation, patched } from "./mutation.ts";

/** The tasks whose checkpoints were begun last, by version; and the state whose newest is being stored. */
const begun = new Map<number, Task>();
const REMEMBERED = 50;
let telling: State | null = null;
const json = new JsonWriter(65_536);

/** The same window as it is now, under the version of before. */
function asNow(item: WriteItem, { state }: Task): WriteItem {
  const { target } = item;
  const symbol = state.names.symbols.get(item.id.slice(0, item.id.indexOf("|")));
  if (target.kind !== "window" || symbol < 0) return item;
  const window = state.arena.find(symbol, intervalIndex(target.interval), target.start);
  if (window < 0) return item;
  json.at = 0;
  json.reserve(WINDOW_BYTES);
  writeWindow(json, state, window, 0);
  return { ...item, body: json.ascii(0) };
}

function slotItems(state: State): WriteItem[] {
  const { epoch, partition, topology } = state.identity;
  return state.slots.map((slot) => ({
    target: { kind: "slot" },
    id: slotId(slot.symbol),
    version: storedVersion(epoch, state.position),
    body: JSON.stringify({
      kind: "slot",
      symbol: slot.symbol,
      partition,
      epoch,
      position: state.position,
      topology,
      state: encodeSlot(state, slot),
    }),
  }));
}

/** Rules of what a task holds in memory, and when it lets it go. */
export const MEMORY: Readonly<Record<string, Mutation>> = {
  "two checkpoints are under way at a time": {
    patch: patched(Checkpointer.prototype, "isRunning", () => ({ get: () => false })),
  },
  "bytes are newer than their version": {
    store: (port, _, world) => ({
      ...port,
      write: async (items, signal) => {
        const task = begun.get(items[0]?.version ?? 0);
        if (items[0]?.target.kind !== "window" || !task) return port.write(items, signal);
        await world.wait(null, 20);
        return port.write(
          items.map((item) => asNow(item, task)),
          signal,
        );
      },
    }),
    patch: patched(Checkpointer.prototype, "begin", (own) => ({
      value(this: Checkpointer, task: Task, written: number) {
        const { identity, position } = task.state;
        if (begun.size > REMEMBERED) begun.clear();
        begun.set(storedVersion(identity.epoch, position), task);
        own.call(this, task, written);
      },
    })),
  },
  "slots are stored between checkpoints too": {
    store: (port) => ({
      ...port,
      write: (items, signal) =>
        port.write(items[0]?.target.kind === "latest" && telling ? [...items, ...slotItems(telling)] : items, signal),
    }),
    patch: patched(LatestStore.prototype, "write", (own) => ({
      value(this: LatestStore, state: State) {
        telling = state;
        own.call(this, state);
        telling = null;
      },
    })),
  },
  "a window leaves memory when it is sent": {
    patch: patched(WindowArena.prototype, "set", (own) => ({
      value(this: WindowArena, window: number, flag: number) {
        if (flag !== IN_FLIGHT) own.call(this, window, flag);
      },
    })),
  },
  "a window leaves memory unsaved": {
    patch: patched(WindowArena.prototype, "has", (own) => ({
      value(this: WindowArena, window: number, flag: number) {
        return flag !== (UNSAVED | IN_FLIGHT) && own.call(this, window, flag);
      },
    })),
  },
  "a savepoint is named that was never stored": {
    store: (port) => ({
      ...port,
      write: (items, signal) => (items[0]?.target.kind === "savepoint" ? Promise.resolve() : port.write(items, signal)),
    }),
  },
  "everything in a savepoint counts as stored": {
    patch: patched(State.prototype, "saveWindow", (own) => ({
      value(this: State, window: number) {
        if (this.counters.read > 0) own.call(this, window);
      },
    })),
  },
  "what was being written at the end counts as stored": {
    patch: patched(State.prototype, "saveWindow", (own) => ({
      value(this: State, window: number) {
        if (this.counters.read === 0) own.call(this, window);
      },
    })),
  },
  "nothing is published again when a partition is opened": {
    patch: patched(State.prototype, "publishAnyway", (own) => ({
      value(this: State, window: number) {
        // Before the first line nothing else is published.
        if (this.counters.read > 0) own.call(this, window);
      },
    })),
  },
  "nothing is published again when a window is read": {
    patch: patched(FrameWriter.prototype, "line", () => ({ value: () => undefined })),
  },
  "the watermark of a symbol falls with a change of its channel": {
    patch: patched(Slot.prototype, "moveTo", (own) => ({
      value(this: Slot, channel: Parameters<Slot["moveTo"]>[0]) {
        this.floor = channel.watermark;
        own.call(this, channel);
        this.resume(this.gate);
      },
    })),
  },
};
