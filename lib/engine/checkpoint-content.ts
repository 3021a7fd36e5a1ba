import { crc32 } from "node:zlib";
import { barId } from "../contracts/bars.ts";
import {
  type CheckpointDocument,
  type GivenBarDocument,
  type SlotDocument,
  storedVersion,
  type WriteItem,
} from "../contracts/engine-store.ts";
import { encodeChannels } from "./channel-codec.ts";
import { intervalName } from "./intervals.ts";
import { JsonWriter } from "./json-writer.ts";
import { LOGIC } from "./logic.ts";
import { encodeSlot } from "./slot-codec.ts";
import { UNSAVED as UNSAVED_SLOT } from "./slot-rows.ts";
import type { Slot } from "./slot.ts";
import type { PendingGivenBar, State } from "./state.ts";
import type { Task } from "./task.ts";
import { WINDOW_BYTES, writeWindow } from "./window-codec.ts";
import { IN_FLIGHT, INTERVAL, SLOT, START, UNSAVED } from "./window-arena.ts";

/** The three rounds of a checkpoint at one position, serialised: whatever happens later, these are its bytes. */
export interface CheckpointContent {
  position: number;
  /** W: every window and given bar that changed. */
  windows: WriteItem[];
  /** S: every slot that changed. */
  slots: WriteItem[];
  /** C. */
  checkpoint: WriteItem;
  /** The windows of W, which must not leave memory before they are acknowledged; and all else that is in it. */
  inFlight: InFlight;
}

/** Numbers of windows and of slots, and given bars by id. */
export interface InFlight {
  windows: Int32Array;
  slots: Int32Array;
  given: ReadonlyMap<string, PendingGivenBar>;
}

/**
 * Serialises everything that has changed, at the position between two frames where the task stands. `written`: microseconds; `savepoint`:
 * the parts of the one that was left at this position.
 */
export function checkpointContent(task: Task, written: number, savepoint: readonly string[] = []): CheckpointContent {
  const { state } = task;
  const version = storedVersion(state.identity.epoch, state.position);
  const inFlight = {
    windows: state.unsavedWindows.slice(),
    slots: state.unsavedSlots.slice(),
    given: new Map(state.givenBars),
  };
  state.unsavedWindows.clear();
  const windows: WriteItem[] = [];
  for (let from = 0; from < inFlight.windows.length; from += WINDOWS_AT_ONCE) {
    windowItems(state, inFlight.windows.subarray(from, from + WINDOWS_AT_ONCE), version, written, windows);
  }
  for (const [id, each] of inFlight.given) windows.push(givenItem(state, id, each, version, written));
  state.givenBars.clear();
  const slots: WriteItem[] = [];
  for (const number of inFlight.slots) {
    state.clearStatus(number, UNSAVED_SLOT);
    const slot = state.slots[number];
    if (slot) slots.push(slotItem(state, slot, version));
  }
  state.unsavedSlots.clear();
  const checkpoint = checkpointItem(task, written, savepoint);
  return { position: state.position, windows, slots, checkpoint, inFlight };
}

/** Documents that are written one behind the other: their bodies are parts of one long string, which costs the collector nothing. */
const WINDOWS_AT_ONCE = 2000;
const json = new JsonWriter(65_536);

function windowItems(state: State, windows: Int32Array, version: number, written: number, items: WriteItem[]): void {
  const { arena } = state;
  const ends = new Int32Array(windows.length);
  json.at = 0;
  for (let index = 0; index < windows.length; index++) {
    const window = windows[index] ?? 0;
    json.reserve(WINDOW_BYTES);
    writeWindow(json, state, window, written);
    ends[index] = json.at;
  }
  const text = json.ascii(0);
  for (let index = 0; index < windows.length; index++) {
    const window = windows[index] ?? 0;
    const interval = intervalName(arena.word(window, INTERVAL));
    const start = arena.get(window, START);
    items.push({
      target: { kind: "window", interval, start },
      id: barId(state.names.symbols.names[arena.word(window, SLOT)] ?? "", interval, start),
      version,
      body: text.slice(index === 0 ? 0 : ends[index - 1], ends[index]),
    });
    arena.clear(window, UNSAVED);
    arena.set(window, IN_FLIGHT);
  }
}

function givenItem(state: State, id: string, given: PendingGivenBar, version: number, written: number): WriteItem {
  const { type: _, ...bar } = given.bar;
  const { epoch, partition } = state.identity;
  const { offset, line } = given;
  const document: GivenBarDocument = {
    ...bar,
    given: true,
    epoch,
    position: state.position,
    partition,
    offset,
    line,
    written,
  };
  return {
    target: { kind: "given", interval: bar.interval, start: bar.start },
    id,
    version,
    body: JSON.stringify(document),
  };
}

function slotItem(state: State, slot: Slot, version: number): WriteItem {
  return {
    target: { kind: "slot" },
    id: slotId(slot.symbol),
    version,
    body: JSON.stringify(slotDocument(state, slot)),
  };
}

export function slotDocument(state: State, slot: Slot): SlotDocument {
  const { partition, epoch, topology } = state.identity;
  return {
    kind: "slot",
    symbol: slot.symbol,
    partition,
    epoch,
    position: state.position,
    topology,
    state: encodeSlot(state, slot),
  };
}

export function slotId(symbol: string): string {
  return `slot|${symbol}`;
}

/** C alone. */
export function checkpointItem(task: Task, written: number, savepoint: readonly string[]): WriteItem {
  const { state, last } = task;
  const { topic, partition, partitions, epoch, begin, from, topology } = state.identity;
  const document: CheckpointDocument = {
    kind: "checkpoint",
    topic,
    partition,
    partitions,
    epoch,
    position: state.position,
    begin,
    from,
    topology,
    logic: LOGIC,
    fingerprint: last ? { offset: last.offset, crc: crc32(last.value), timestamp: last.timestamp } : task.fingerprint,
    state: encodeChannels(state),
    written,
    ...(savepoint.length > 0 && { savepoint: { parts: [...savepoint] } }),
  };
  return {
    target: { kind: "checkpoint" },
    id: checkpointId(topic, partition),
    version: storedVersion(epoch, state.position),
    body: JSON.stringify(document),
  };
}

export function checkpointId(topic: string, partition: number): string {
  return `${topic}|${partition}`;
}
