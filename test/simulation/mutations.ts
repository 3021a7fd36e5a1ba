import type { EngineStore, SlotDocument, WindowDocument, WriteItem } from "#lib/contracts/engine-store.ts";
import type { Mutation } from "./world.ts";

type Windows = (WindowDocument | null)[];

function withWindows(port: EngineStore, change: (windows: Windows) => Windows): EngineStore {
  return { ...port, readWindows: async (keys) => change(await port.readWindows(keys)) };
}

function withSlots(port: EngineStore, change: (slots: SlotDocument[]) => SlotDocument[]): EngineStore {
  return {
    ...port,
    readSlots: async function* (partition) {
      for await (const slots of port.readSlots(partition)) yield change(slots);
    },
  };
}

/** Holds the rounds of W back and sends them together with those of S. */
function together(port: EngineStore, slotsFirst: boolean): EngineStore {
  let held: readonly WriteItem[] = [];
  return {
    ...port,
    write: async (items, signal) => {
      const kind = items[0]?.target.kind;
      if (kind === "window" || kind === "given") {
        held = items;
        return;
      }
      if (kind === "checkpoint" || kind === "slot") {
        const before = held;
        held = [];
        if (slotsFirst) {
          await port.write(items, signal);
          if (before.length > 0) await port.write(before, signal);
        } else await port.write([...before, ...items], signal);
        return;
      }
      await port.write(items, signal);
    },
  };
}

/** Rules of the engine, each taken away by what a worker sees of the store: the simulation has to notice every one. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "windows without their own gate": (port) =>
    withWindows(port, (windows) => windows.map((window) => window && { ...window, position: 0 })),
  "slots without their gate": (port) => withSlots(port, (slots) => slots.map((slot) => ({ ...slot, position: 0 }))),
  "only forming windows are loaded": (port, worker) =>
    withWindows(port, (windows) =>
      worker.isOpen ? windows : windows.map((window) => (window?.final === true ? null : window)),
    ),
  "closed windows count as new": (port, worker) =>
    withWindows(port, (windows) => (worker.isOpen ? windows.map(() => null) : windows)),
  "one round for windows and slots": (port) => together(port, false),
  "slots before windows": (port) => together(port, true),
  "a checkpoint does not wait for acknowledgements": (port) => ({
    ...port,
    write: (items, signal) => {
      void port.write(items, signal).catch(() => undefined);
      return Promise.resolve();
    },
  }),
  "a refused window counts as written": (port) => ({
    ...port,
    write: (items, signal) => {
      const kept = items.filter(({ target, version }) => target.kind !== "window" || version % 5 !== 0);
      return kept.length > 0 ? port.write(kept, signal) : Promise.resolve();
    },
  }),
  "slots are read before the checkpoint": (port, _, store) => {
    const early = [...store.documents.values()].filter(({ target }) => target.kind === "slot");
    // And long before it: by its third answer others have gone on.
    const slow: EngineStore = {
      ...port,
      readCheckpoint: async (topic, partition) => {
        await port.readCheckpoint(topic, partition);
        await port.readCheckpoint(topic, partition);
        return await port.readCheckpoint(topic, partition);
      },
    };
    return withSlots(slow, () => early.map(({ body }) => JSON.parse(body) as SlotDocument));
  },
  "documents of another epoch are loaded": (port) =>
    withWindows(
      withSlots(port, (slots) => slots.map((slot) => ({ ...slot, epoch: slot.epoch === 1 ? 2 : slot.epoch }))),
      (windows) => windows.map((window) => window && { ...window, epoch: window.epoch === 1 ? 2 : window.epoch }),
    ),
};
