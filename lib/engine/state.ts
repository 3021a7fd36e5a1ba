import type { GivenBar } from "../contracts/ticks.ts";
import type { WindowDocument } from "../contracts/engine-store.ts";
import type { CalendarName, Segment } from "../domain/calendar/calendar.ts";
import { partitionOf } from "../domain/partition.ts";
import { writeBar, writeBarEnd } from "./bar-text.ts";
import { Channel } from "./channels.ts";
import type { Counters } from "./counters.ts";
import { FrameWriter } from "./frame-writer.ts";
import { isSketched } from "./intervals.ts";
import type { JsonWriter } from "./json-writer.ts";
import { IntList } from "./int-list.ts";
import { IntSet } from "./int-set.ts";
import { NameTable } from "./name-table.ts";
import { CONTENT_SPACE } from "./parse-frame.ts";
import { PrintLog } from "./print-log.ts";
import {
  DUE,
  DUE_LONG,
  ROW,
  ROW_WORDS,
  SlotRows,
  STATUS,
  UNSAVED as UNSAVED_SLOT,
  UNSTORED,
  UNTOLD,
} from "./slot-rows.ts";
import { Slot } from "./slot.ts";
import { VenueTable } from "./venue-table.ts";
import { WaitingTrades } from "./waiting-trades.ts";
import {
  CHANNEL,
  FINAL,
  FLAGS,
  OTHER_LINE,
  OTHER_OFFSET,
  TEXT_END,
  TEXT_START,
  UNPUBLISHED,
  UNSAVED,
  WindowArena,
  WORDS,
} from "./window-arena.ts";

/** What stays the same for one task. */
export interface Identity {
  topic: string;
  partition: number;
  partitions: number;
  topology: string;
  epoch: number;
  /** Where this epoch began in this partition. */
  begin: number;
  /** Windows that start before this event time are never written by this epoch. */
  from: number;
}

export interface PendingGivenBar {
  bar: GivenBar;
  offset: number;
  line: number;
}

/** Windows read from the store for one frame, by `barId`; null: there is none. */
export type Fetched = ReadonlyMap<string, WindowDocument | null>;

/** The memory of one partition: everything that a line can read or change. */
export class State {
  readonly identity: Identity;
  readonly counters: Counters;
  /** The next offset to apply. */
  position = 0;
  readonly names = {
    symbols: new NameTable(),
    channels: new NameTable(),
    spaces: new NameTable(),
    venues: new VenueTable(),
  };
  /** By the number of the symbol and of the channel. */
  readonly slots: Slot[] = [];
  readonly channels: Channel[] = [];
  readonly rows = new SlotRows();
  readonly arena = new WindowArena();
  readonly waiting = new WaitingTrades(this.arena, this.rows);
  readonly prints = new PrintLog();
  /** Windows and slots that a checkpoint has to write. */
  readonly unsavedWindows = new IntList();
  readonly unsavedSlots = new IntList();
  readonly givenBars = new Map<string, PendingGivenBar>();
  /** Bars that have changed and are told of at the next drain, and closed ones that are told of at the end of the line. */
  readonly early = new IntList();
  readonly firing = new IntList();
  /** Closed bars that this line has corrected; empty also where it did so before a restart, when it was reported. */
  readonly revised = new IntList();
  /** Lists of windows, by slot · INTERVAL_COUNT + interval, of which some may leave memory after the frame. */
  readonly leaving = new IntSet();
  /** Slots that are to have another calendar: not before the end of the frame, as with what leaves. */
  readonly recut: { slot: Slot; calendar: CalendarName }[] = [];
  /** Lines for `bars`. */
  readonly bars = new FrameWriter();
  /** Lines for `latest`. */
  readonly latest = new FrameWriter();
  /** Slots to tell of in `latest`, and to store there. */
  readonly untold = new IntList();
  readonly unstored = new IntList();

  constructor(identity: Identity, counters: Counters) {
    this.identity = identity;
    this.counters = counters;
    this.names.spaces.add("");
    this.names.spaces.add(CONTENT_SPACE);
  }

  /** The slot of a symbol, made at its first line; null when the symbol belongs to another partition. */
  slotOf(symbol: string): Slot | null {
    const known = this.names.symbols.get(symbol);
    if (known >= 0) return this.slots[known] ?? null;
    if (partitionOf(symbol, this.identity.partitions) !== this.identity.partition) return null;
    const slot = new Slot(this.names.symbols.add(symbol), symbol, this.rows);
    this.slots.push(slot);
    this.arena.reserveSlots(this.slots.length);
    return slot;
  }

  /** The channel of this name, made when it is new: without a configuration it moves nothing. */
  channelOf(name: string): Channel {
    const number = this.names.channels.add(name);
    return (this.channels[number] ??= new Channel(name, this.identity.partition));
  }

  saveSlot(slot: Slot): void {
    this.setStatus(slot.number, UNSAVED_SLOT);
  }

  /** Marks a slot, and lists it where it was not marked yet. */
  setStatus(slot: number, wanted: number): void {
    const at = slot * ROW_WORDS + STATUS;
    const status = this.rows.words[at] ?? 0;
    const missing = wanted & ~status;
    if (missing === 0) return;
    this.rows.words[at] = status | wanted;
    if ((missing & UNSAVED_SLOT) !== 0) this.unsavedSlots.push(slot);
    if ((missing & UNTOLD) !== 0) this.untold.push(slot);
    if ((missing & UNSTORED) !== 0) this.unstored.push(slot);
  }

  clearStatus(slot: number, status: number): void {
    const at = slot * ROW_WORDS + STATUS;
    this.rows.words[at] = (this.rows.words[at] ?? 0) & ~status;
  }

  hasStatus(slot: number, status: number): boolean {
    return ((this.rows.words[slot * ROW_WORDS + STATUS] ?? 0) & status) !== 0;
  }

  /** A window of this interval has to be closed or sealed at this watermark. */
  bringDueForward(slot: number, interval: number, watermark: number): void {
    const at = slot * ROW + (interval === 0 ? DUE : DUE_LONG);
    if (watermark < (this.rows.values[at] ?? 0)) this.rows.values[at] = watermark;
  }

  /** A window with nothing in it, where there is none yet. */
  createWindow(slot: number, interval: number, bounds: Segment): number {
    // What waits belongs to the newest windows that have sketches.
    if (isSketched(interval)) this.waiting.flush(slot);
    return this.arena.create(slot, interval, bounds);
  }

  /** A checkpoint has to write it. */
  saveWindow(window: number): void {
    if (this.arena.has(window, UNSAVED)) return;
    this.arena.set(window, UNSAVED);
    this.unsavedWindows.push(window);
  }

  /** A bar has become different by something that is no trade. */
  touch(window: number, offset: number, line: number): void {
    this.arena.put(window, OTHER_OFFSET, offset);
    this.arena.putWord(window, OTHER_LINE, line);
    this.touchByTrade(window);
  }

  /** A bar has become different by a trade. */
  touchByTrade(window: number): void {
    const { words, texts } = this.arena;
    const at = window * WORDS + FLAGS;
    const flags = words[at] ?? 0;
    if ((flags & (UNSAVED | UNPUBLISHED | FINAL)) === (UNSAVED | UNPUBLISHED)) return;
    words[at] = flags | UNSAVED | UNPUBLISHED;
    if ((flags & UNSAVED) === 0) this.unsavedWindows.push(window);
    if ((flags & UNPUBLISHED) === 0) this.early.push(window);
    if ((flags & FINAL) !== 0) {
      texts[window] = null;
      this.firing.push(window);
    }
  }

  /** Closes a bar at this line. */
  finalise(window: number, offset: number, line: number): void {
    this.arena.set(window, FINAL);
    this.touch(window, offset, line);
  }

  /** Tells of the closed bars that this line has changed. */
  publishFiring(): void {
    for (let index = 0; index < this.firing.length; index++) this.publish(this.firing.at(index));
    this.firing.clear();
  }

  /** Tells of every bar that has changed since it was last told of. */
  publishEarly(): void {
    for (let index = 0; index < this.early.length; index++) this.publish(this.early.at(index));
    this.early.clear();
  }

  publish(window: number): void {
    if (this.arena.has(window, UNPUBLISHED)) this.publishAnyway(window);
  }

  /** Also when it was told of before. */
  publishAnyway(window: number): void {
    const { arena, bars } = this;
    arena.clear(window, UNPUBLISHED);
    bars.begin();
    const start = bars.json.at;
    this.writeFields(bars.json, window);
    // A closed bar is stored soon after, mostly with the same fields.
    if (arena.has(window, FINAL)) {
      arena.texts[window] = bars.json.buffer;
      arena.putWord(window, TEXT_START, start);
      arena.putWord(window, TEXT_END, bars.json.at);
    }
    writeBarEnd(bars.json, arena, window, this.identity.epoch);
    this.counters.barsPublished += 1;
  }

  /** The bar's fields as JSON, without the closing brace. */
  writeFields(json: JsonWriter, window: number): void {
    const { arena } = this;
    const known = arena.texts[window];
    if (known) {
      json.part(known, arena.word(window, TEXT_START), arena.word(window, TEXT_END));
      return;
    }
    const lineage = this.channels[arena.word(window, CHANNEL)]?.lineageHead;
    if (!lineage) throw new RangeError(`Window ${window} has no channel`);
    writeBar(json, arena, window, this.names.symbols, lineage);
  }

  /** Highest event time that any channel of the partition has proved, null before the first. */
  get watermark(): number | null {
    const highest = this.channels.reduce((most, { watermark }) => Math.max(most, watermark), -Infinity);
    return highest === -Infinity ? null : highest;
  }
}

/** Whether a document was written by the task's own past: any other does not exist for it. */
export function isOwn(identity: Identity, document: { epoch: number; topology: string; partition?: number }): boolean {
  return document.epoch === identity.epoch && document.topology === identity.topology;
}
