import type { DeadLine } from "#lib/contracts/dead.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import { barId } from "#lib/contracts/bars.ts";
import { presentHalt } from "#lib/domain/halts.ts";
import { Counters } from "#lib/engine/counters.ts";
import { intervalName } from "#lib/engine/intervals.ts";
import { JsonWriter } from "#lib/engine/json-writer.ts";
import { slotId } from "#lib/engine/checkpoint-content.ts";
import { topologyOf } from "#lib/engine/logic.ts";
import { encodeSlot } from "#lib/engine/slot-codec.ts";
import type { State } from "#lib/engine/state.ts";
import { Task } from "#lib/engine/task.ts";
import { WINDOW_BYTES, writeWindow } from "#lib/engine/window-codec.ts";
import { UNSAVED } from "#lib/engine/slot-rows.ts";
import { INTERVAL, LAST_OFFSET, OTHER_OFFSET, SLOT, START } from "#lib/engine/window-arena.ts";
import { contentOf } from "./content.ts";
import { flawOf } from "./plain-reading.ts";

export const TOPIC = "ticks";

const json = new JsonWriter(8192);

/** What a document says at each position of the log, oldest first. */
type History = { position: number; content: string }[];

/** What is right: one undisturbed task with all of its memory, asked after every frame. */
export interface Reference {
  /** By id of the document. */
  histories: Map<string, History>;
  /** The newest line of `bars` of each window. */
  published: Map<string, string>;
  /** Messages of `ticks.late` by key. */
  late: Map<string, string>;
  counters: Counters;
  /** Where it differs from what a plain reading of the log gives; null where it does not. */
  flaw: string | null;
}

export function referenceOf(log: readonly LogRecord[], epoch: number, begin: number): Reference {
  const counters = new Counters();
  const identity = { topic: TOPIC, partition: 0, partitions: 1, topology: topologyOf(TOPIC, 1), epoch, begin, from: 0 };
  const task = new Task(identity, "batch", counters);
  task.state.position = begin;
  const reference: Reference = { histories: new Map(), published: new Map(), late: new Map(), counters, flaw: null };
  for (const record of log.slice(begin)) {
    task.parse(record);
    // Nothing was ever forgotten, so what is not in memory does not exist.
    const missing = task.needs().map(({ symbol, interval, start }) => [barId(symbol, interval, start), null] as const);
    let recount = task.apply(new Map(missing));
    while (recount) {
      for (const each of log.slice(recount.anchor.offset, record.offset)) recount.read(each);
      recount = task.resume();
    }
    observe(task, reference, record.offset);
    for (const { key, value } of task.lateLetters.splice(0)) reference.late.set(key, value.toString());
  }
  const refused = new Set(task.deadLetters.flatMap(({ key, value }) => (isUndecidable(value) ? [key.slice(2)] : [])));
  const halted = new Set(
    task.state.slots.filter(({ trading }) => presentHalt(trading) !== null).map(({ symbol }) => symbol),
  );
  reference.flaw = flawOf(log.slice(begin), { published: reference.published, refused, halted });
  return reference;
}

function isUndecidable(letter: Buffer): boolean {
  return (JSON.parse(letter.toString()) as DeadLine).reason === "undecidable";
}

/** What the document of this id should say at a position; `absent` before its first change. */
export function contentAt(reference: Reference, id: string, position: number): string {
  return reference.histories.get(id)?.findLast((each) => each.position <= position)?.content ?? "absent";
}

function observe({ state }: Task, reference: Reference, offset: number): void {
  for (const number of state.unsavedSlots.slice()) {
    state.clearStatus(number, UNSAVED);
    const slot = state.slots[number];
    if (slot)
      note(reference, slotId(slot.symbol), state.position, JSON.stringify({ kind: 0, state: encodeSlot(state, slot) }));
  }
  state.unsavedSlots.clear();
  state.bars.take();
  for (const window of windowsOf(state)) {
    if (state.arena.get(window, LAST_OFFSET) !== offset && state.arena.get(window, OTHER_OFFSET) !== offset) continue;
    const symbol = state.names.symbols.names[state.arena.word(window, SLOT)] ?? "";
    const id = barId(symbol, intervalName(state.arena.word(window, INTERVAL)), state.arena.get(window, START));
    note(reference, id, state.position, windowBody(state, window));
    state.publishAnyway(window);
    reference.published.set(id, Buffer.concat(state.bars.take()).toString());
  }
  for (const [id, { bar, line }] of state.givenBars) {
    const { type: _, ...fields } = bar;
    note(reference, id, state.position, JSON.stringify({ ...fields, given: true, offset, line }));
  }
  state.givenBars.clear();
}

function note(reference: Reference, id: string, position: number, body: string): void {
  const content = contentOf(id, body) ?? "";
  const history = reference.histories.get(id) ?? [];
  reference.histories.set(id, history);
  if (history.at(-1)?.content !== content) history.push({ position, content });
}

function windowBody(state: State, window: number): string {
  json.at = 0;
  json.reserve(WINDOW_BYTES);
  writeWindow(json, state, window, 0);
  return json.ascii(0);
}

function* windowsOf({ arena, slots }: State): Generator<number> {
  for (let list = 0; list < slots.length * 5; list++) {
    for (let window = arena.heads[list] ?? -1; window >= 0; window = arena.older(window)) {
      if (arena.isBar(window)) yield window;
    }
  }
}
