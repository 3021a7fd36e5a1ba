import type { Trading } from "../domain/halts.ts";
import type { Channel } from "./channels.ts";
import { type ContentAdded, ContentSet } from "./content-set.ts";
import { HeldPrints } from "./held-prints.ts";
import { type Added, IntervalSet, type IntervalSetState } from "./interval-set.ts";
import { INTERVAL_COUNT } from "./intervals.ts";
import { SlotCalendar } from "./slot-calendar.ts";
import { DUE, DUE_LONG, GATE, GUARDED, NEWEST_TIME, type SlotRows, TOP_ID, WATERMARK } from "./slot-rows.ts";

const NO_IDS: (IntervalSet | undefined)[] = [];

/** Everything about one symbol that can change a result, but for its windows. What each tick needs of it lies in its row. */
export class Slot {
  readonly number: number;
  readonly symbol: string;
  readonly #rows: SlotRows;
  readonly calendar = new SlotCalendar();
  channel: Channel | null = null;
  /** Its watermark when it was last frozen. */
  floor = -Infinity;
  /** No heartbeat speaks for it: from a `config` to its `ready`, and while no channel collects it. */
  frozen = true;
  /** Its trades are complete from this event time on; NaN while nobody has said so. */
  completeFrom = Number.NaN;
  /** Seen trade ids by the number of their space. The end of the newest range of the first space is ahead in the row. */
  #ids: (IntervalSet | undefined)[] = NO_IDS;
  /** Trades without ids, null before the first. */
  contents: ContentSet | null = null;
  /** Its guard, and what operators have said of its prints; null while there was neither. */
  prints: HeldPrints | null = null;
  /** Whether it trades; null while nothing was said of it, and then it does. */
  trading: Trading | null = null;

  constructor(number: number, symbol: string, rows: SlotRows) {
    this.number = number;
    this.symbol = symbol;
    this.#rows = rows;
    rows.begin(number);
  }

  /** Up to this event time everything has arrived. Never falls. */
  get watermark(): number {
    return this.#rows.get(this.number, WATERMARK);
  }

  /** No time beyond this was seen of it, in a tick or a proof; -Infinity before the first. */
  get seen(): number {
    const newest = this.#rows.get(this.number, NEWEST_TIME);
    return Math.max(this.watermark, newest < 0 ? -Infinity : newest);
  }

  /** Moves with its channel, unless it is frozen; it stays where it is when the channel is behind. */
  follow(): void {
    if (this.frozen || !this.channel) return;
    this.#rows.put(this.number, WATERMARK, Math.max(this.watermark, this.channel.watermark));
  }

  /** Lines of frames below this offset have been seen by it already. */
  get gate(): number {
    return this.#rows.get(this.number, GATE);
  }

  /** Whether a window of the shortest interval, or a longer one, has to be closed or sealed at this watermark. */
  isDue(watermark: number, isLong: boolean): boolean {
    return this.#rows.get(this.number, isLong ? DUE_LONG : DUE) <= watermark;
  }

  setDue(watermark: number, isLong: boolean): void {
    this.#rows.put(this.number, isLong ? DUE_LONG : DUE, watermark);
  }

  /** Whatever is due is found at the next proof. */
  checkAllDue(): void {
    this.setDue(-Infinity, false);
    this.setDue(-Infinity, true);
  }

  /** Windows of the interval that end at or before this are sealed, whatever lateness a later `config` allows. */
  sealFloor(interval: number): number {
    return this.#rows.sealFloors[this.number * INTERVAL_COUNT + interval] ?? -Infinity;
  }

  setSealFloor(interval: number, time: number): void {
    this.#rows.sealFloors[this.number * INTERVAL_COUNT + interval] = time;
  }

  /** Windows of the interval that end at or before this are sealed. Never falls. */
  sealedUntil(interval: number, watermark: number): number {
    const lateness = this.channel?.lateness[interval] ?? Infinity;
    return Math.max(this.sealFloor(interval), watermark - lateness);
  }

  /** The seen ids of a space. */
  ids(space: number): IntervalSet | undefined {
    const ids = this.#ids[space];
    if (space === 0) ids?.extendTo(this.#rows.get(this.number, TOP_ID));
    return ids;
  }

  /** Of every space of which an id was seen. */
  *idStates(): Generator<{ space: number } & IntervalSetState> {
    for (const space of this.#ids.keys()) {
      const ids = this.ids(space);
      if (ids) yield { space, ...ids.state() };
    }
  }

  restoreIds(space: number, state: IntervalSetState): void {
    const ids = IntervalSet.restore(state);
    this.#remember(space, ids);
    if (space === 0) this.#rows.put(this.number, TOP_ID, ids.top);
  }

  addId(space: number, id: number): Added {
    const ids = this.ids(space) ?? this.#remember(space, new IntervalSet());
    const added = ids.add(id);
    if (space === 0) this.#rows.put(this.number, TOP_ID, ids.top);
    return added;
  }

  /** Remembers a trade without an id. Those that lie behind the watermark by more than the longest lateness are not asked for any more. */
  addContent(time: number, content: string): ContentAdded {
    const floor = this.watermark - Math.max(...(this.channel?.lateness ?? [Infinity]));
    if (!this.contents && time < floor) return "forgotten";
    this.contents ??= new ContentSet();
    return this.contents.add(time, content, floor);
  }

  openPrints(): HeldPrints {
    this.prints ??= new HeldPrints();
    return this.prints;
  }

  /** Its channel's guard or a decision has changed: whether each of its trades has to be looked at. */
  reviewGuard(): void {
    const isGuarded = this.channel?.guard || this.prints;
    this.#rows.putWord(this.number, GUARDED, isGuarded ? 1 : 0);
  }

  /** Somebody answers for it that nothing is missing from here on. */
  explainGaps(): void {
    for (const space of this.#ids.keys()) this.ids(space)?.explainGap();
  }

  /** Keeps the watermark and what is sealed by it, and stops it there. */
  freeze(): void {
    const { watermark } = this;
    for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
      this.setSealFloor(interval, this.sealedUntil(interval, watermark));
    }
    this.floor = watermark;
    this.frozen = true;
  }

  /** Goes on from what was stored of it: `floor`, `frozen` and the channel. */
  resume(gate: number): void {
    this.#rows.put(this.number, GATE, gate);
    this.#rows.put(this.number, WATERMARK, this.floor);
    this.reviewGuard();
    this.follow();
    this.checkAllDue();
  }

  /** Follows another channel from here on. */
  moveTo(channel: Channel): void {
    this.channel?.members.delete(this);
    this.channel = channel;
    channel.members.add(this);
  }

  #remember(space: number, ids: IntervalSet): IntervalSet {
    // A list of its own length: one that has grown keeps room for seventeen.
    this.#ids = Array.from({ length: Math.max(this.#ids.length, space + 1) }, (_, at) => this.#ids[at]);
    this.#ids[space] = ids;
    return ids;
  }
}
