import type { LogRecord } from "../contracts/log.ts";
import type { Decision, TickLine, Trade } from "../contracts/ticks.ts";
import { eligibleIn, isBeforeEpoch } from "./admission.ts";
import type { Channel } from "./channels.ts";
import { ContentSet, contentOf } from "./content-set.ts";
import { Frame, TRADE } from "./frame.ts";
import { tradeOf } from "./guard.ts";
import { printKey } from "./held-prints.ts";
import { FORGOTTEN, IntervalSet, KNOWN } from "./interval-set.ts";
import { NameTable } from "./name-table.ts";
import { CONTENT_SPACE, fillTrade, parseFrame, spaceName } from "./parse-frame.ts";
import { type Anchor, isBefore } from "./retraction.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";
import { emptyTrade, readTrade, type TradeLine } from "./trades.ts";
import { VenueTable } from "./venue-table.ts";

/**
 * Reads again, out of a range of the log, the trades of one symbol that count, as its slot judges them now: each id once, none that is
 * held or rejected, those that were accepted at the place of the decision. By the engine's own parser and rules. It does not know what
 * lies before the range, nor how a channel was configured then: who needs to be sure compares what comes out with what is stored.
 */
export class CountedTrades {
  readonly #state: State;
  readonly #slot: Slot;
  readonly #anchor: Anchor;
  readonly #frame = new Frame();
  /** Of its own: what it reads leaves no trace in the state. */
  readonly #names = {
    symbols: new NameTable(),
    channels: new NameTable(),
    spaces: new NameTable(),
    venues: new VenueTable(),
  };
  readonly #ids = new Map<string, IntervalSet>();
  readonly #contents = new ContentSet();
  /** Of the next trade without an id. */
  #number: number;
  readonly #held: ReadonlySet<string>;
  /** Prints that were read and are added where they were accepted. */
  readonly #waiting = new Map<string, Trade>();
  readonly #trade = emptyTrade();
  #line = 0;
  #told: Trade | null = null;
  /** The offset of the first record that was read. */
  first: number | null = null;
  /** Trades that came again. */
  duplicates = 0;

  /** `anchor`: trades without ids are numbered from there. */
  constructor(state: State, slot: Slot, anchor: Anchor) {
    this.#state = state;
    this.#slot = slot;
    this.#anchor = anchor;
    this.#number = Math.max(0, anchor.number);
    this.#names.symbols.add(slot.symbol);
    this.#names.spaces.add("");
    this.#names.spaces.add(CONTENT_SPACE);
    this.#held = new Set(slot.prints?.held.map(({ space, id }) => printKey(space, id)));
  }

  /** Those of a record, up to before a line; the same object each time, numbers of names as in the state. */
  *read({ offset, value }: Pick<LogRecord, "offset" | "value">, before = Infinity): Generator<TradeLine> {
    const frame = this.#frame;
    this.first ??= offset;
    parseFrame(frame, offset, value, this.#names);
    const end = Math.min(frame.lines, before);
    for (let line = 0; line < end; line++) {
      const named = frame.objects.size > 0 ? frame.objects.get(line) : undefined;
      if (named) this.#learn(line, named);
      this.#line = line;
      this.#told = null;
      const counts =
        named?.type === "decision"
          ? this.#readAccepted(line, named)
          : frame.kind[line] === TRADE && frame.symbol[line] === 0 && this.#readTrade(line, named);
      if (counts) yield this.#trade;
    }
  }

  /** All that the line of the trade said that was given last. */
  told(): Trade {
    return this.#told ?? tradeOf(this.#frame, this.#line);
  }

  /** The side of that trade: 0 unknown, 1 buy, 2 sell. */
  get side(): number {
    return this.#frame.side[this.#line] ?? 0;
  }

  /** The conditions of that trade, JSON; undefined where it has none. */
  get conditions(): string | undefined {
    return this.#frame.conditions.get(this.#line);
  }

  /** The name of a trade's venue; null where it has none. */
  venueOf({ venue }: { venue: number }): string | null {
    return venue === 0 ? null : this.#names.venues.nameOf(venue);
  }

  /** Names that are new are added, so that the lines after are found at once. */
  #learn(line: number, named: TickLine): void {
    if (named.type !== "trade" && named.type !== "quote") return;
    this.#frame.symbol[line] = this.#names.symbols.add(named.symbol);
    this.#frame.channel[line] = this.#names.channels.add(named.channel);
    if (named.type === "trade") this.#frame.space[line] = this.#names.spaces.add(spaceName(named));
  }

  #readTrade(line: number, named: TickLine | undefined): boolean {
    const frame = this.#frame;
    const channel = this.#channelOf(line);
    const time = frame.time[line] ?? 0;
    if (!channel || time - (frame.receivedTime[line] ?? 0) > channel.tolerance) return false;
    if (isBeforeEpoch(this.#state, time)) return false;
    const space = this.#names.spaces.names[frame.space[line] ?? 0] ?? "";
    const id = this.#idOf(line, space, named?.type === "trade" ? named : null);
    if (id < 0) return false;
    const { prints } = this.#slot;
    if (prints) {
      const key = printKey(space, id);
      if (prints.rejected.has(key) || this.#held.has(key)) return false;
      if (prints.admitted.has(key)) {
        this.#waiting.set(key, tradeOf(frame, line));
        return false;
      }
    }
    this.#fill(line, channel, space, id);
    return true;
  }

  /** The number of a trade that did not come before, −1 of one that did. */
  #idOf(line: number, space: string, named: Trade | null): number {
    if (space === CONTENT_SPACE && named) {
      const isNew = this.#contents.add(named.time, contentOf(named), 0) === "new";
      if (!isNew) this.duplicates += 1;
      return isNew && !isBefore({ offset: this.#frame.offset, line }, this.#anchor) ? this.#number++ : -1;
    }
    let ids = this.#ids.get(space);
    if (!ids) this.#ids.set(space, (ids = new IntervalSet()));
    const id = this.#frame.id[line] ?? 0;
    const added = ids.add(id);
    if (added !== KNOWN && added !== FORGOTTEN) return id;
    this.duplicates += 1;
    return -1;
  }

  /** Whether a decision has added a print there. */
  #readAccepted(line: number, { symbol, id, idSpace = "", verdict }: Decision): boolean {
    const frame = this.#frame;
    if (symbol !== this.#slot.symbol || verdict !== "accept") return false;
    const key = printKey(idSpace, id);
    const admitted = this.#slot.prints?.admitted.get(key);
    const trade = this.#waiting.get(key);
    if (!trade || admitted?.offset !== frame.offset || admitted.line !== line) return false;
    fillTrade(frame, line, trade, this.#names);
    frame.channel[line] = this.#names.channels.add(trade.channel);
    frame.time[line] = trade.time;
    const channel = this.#channelOf(line);
    if (!channel) return false;
    this.#told = trade;
    this.#fill(line, channel, idSpace, id);
    return true;
  }

  #channelOf(line: number): Channel | null {
    const name = this.#names.channels.names[this.#frame.channel[line] ?? -1] ?? "";
    const channel = this.#state.channels[this.#state.names.channels.get(name)];
    return channel && channel.n > 0 ? channel : null;
  }

  #fill(line: number, channel: Channel, space: string, id: number): void {
    const { names } = this.#state;
    const trade = this.#trade;
    readTrade(trade, this.#frame, line);
    trade.channel = names.channels.get(channel.name);
    trade.space = names.spaces.get(space);
    trade.id = id;
    trade.isNext = false;
    trade.eligible = eligibleIn(channel, this.#slot, trade.time, this.#frame.conditions.get(line));
  }
}
