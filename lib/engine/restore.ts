import type { CheckpointDocument, EngineStore, WindowDocument, WindowKey } from "../contracts/engine-store.ts";
import type { Counters } from "./counters.ts";
import { restoreChannels } from "./channel-codec.ts";
import { intervalIndex } from "./intervals.ts";
import { openCheckpoint, type OpenOptions } from "./open-checkpoint.ts";
import { restoreSavepoint } from "./savepoint.ts";
import { restoreSlot } from "./slot-codec.ts";
import { type Identity, isOwn, type State } from "./state.ts";
import { type Cadence, Task } from "./task.ts";
import { restoreWindow } from "./window-codec.ts";
import { DOUBTFUL } from "./window-arena.ts";
import { advance, forgetLeaving } from "./watermarks.ts";

const WINDOWS_PER_READ = 5000;

export interface RestoreOptions extends OpenOptions {
  cadence: Cadence;
  counters: Counters;
}

export interface Restored {
  task: Task;
  checkpoint: CheckpointDocument;
  /** Parts of the savepoint that it comes from: what else is stored may be older. */
  savepoint: readonly string[];
  /** Windows which a slot names and the store has not: dropped by the retention while nobody read. */
  lost: WindowKey[];
}

/**
 * Brings back the memory of a partition: its checkpoint, and then the savepoint at the same position, where its last owner could leave
 * one. Otherwise, in this order, its slots and the windows which they name, each by a read that sees every acknowledged write. A slot is
 * never behind the checkpoint and a window never behind its slot; what is ahead is not applied again. Windows ahead of the checkpoint
 * are published once more: their publication may have been lost.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const checkpoint = await openCheckpoint(options);
  const { topic, partition, partitions, topology, epoch, begin, from } = checkpoint;
  const identity: Identity = { topic, partition, partitions, topology, epoch, begin, from };
  const task = new Task(identity, options.cadence, options.counters);
  const { state } = task;
  state.position = checkpoint.position;
  task.fingerprint = checkpoint.fingerprint;
  restoreChannels(state, checkpoint.state);
  const savepoint = checkpoint.savepoint?.parts ?? [];
  const parts = savepoint.length > 0 ? await options.store.readSavepoint(savepoint) : null;
  const lost: WindowKey[] = [];
  if (parts) restoreSavepoint(state, parts);
  else lost.push(...(await restoreStored(state, options.store)));
  for (const slot of state.slots) advance(state, slot, state.position, 0);
  forgetLeaving(state);
  return { task, checkpoint, savepoint: parts ? savepoint : [], lost };
}

/** The slots of the partition, and the windows which they name; the windows that are gone. */
async function restoreStored(state: State, store: EngineStore): Promise<WindowKey[]> {
  const { identity } = state;
  const lost: WindowKey[] = [];
  for await (const documents of store.readSlots(identity.partition)) {
    const keys: WindowKey[] = [];
    for (const document of documents) {
      if (!isOwn(identity, document) || document.partition !== identity.partition) continue;
      const slot = state.slotOf(document.symbol);
      if (!slot) continue;
      const windows = restoreSlot(state, slot, document.position, document.state);
      for (const { interval, start } of windows) keys.push({ symbol: slot.symbol, interval, start });
    }
    for (let at = 0; at < keys.length; at += WINDOWS_PER_READ) {
      lost.push(...(await restoreWindows(state, store, keys.slice(at, at + WINDOWS_PER_READ))));
    }
  }
  return lost;
}

async function restoreWindows(state: State, store: EngineStore, keys: readonly WindowKey[]): Promise<WindowKey[]> {
  const documents = await store.readWindows(keys);
  const lost: WindowKey[] = [];
  for (const [at, key] of keys.entries()) {
    const slot = state.slots[state.names.symbols.get(key.symbol)];
    if (!slot) continue;
    const interval = intervalIndex(key.interval);
    const bounds = slot.calendar.windowOf(interval, key.start);
    const quoted = state.arena.find(slot.number, interval, key.start);
    const document = ownWindow(state.identity, documents[at] ?? null);
    if (document) {
      const window = quoted >= 0 ? quoted : state.createWindow(slot.number, interval, bounds);
      restoreWindow(state, window, document);
      if (document.position > state.position) publishAgain(state, window);
    } else if (quoted < 0) {
      // What it held cannot be known any more: whatever comes to it now is not all of it.
      state.arena.set(state.createWindow(slot.number, interval, bounds), DOUBTFUL);
      lost.push(key);
    }
  }
  return lost;
}

/** The document, unless it belongs to another epoch, topology or partition: it then does not exist for this task. */
export function ownWindow(identity: Identity, document: WindowDocument | null): WindowDocument | null {
  if (!document || !isOwn(identity, document) || document.lineage.partition !== identity.partition) return null;
  return document;
}

function publishAgain(state: State, window: number): void {
  if (state.arena.isBar(window)) state.publishAnyway(window);
}
