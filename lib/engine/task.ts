import type { WindowKey } from "../contracts/engine-store.ts";
import type { LogRecord } from "../contracts/log.ts";
import type { DeadReason } from "../contracts/dead.ts";
import type { Tick, TickLine } from "../contracts/ticks.ts";
import type { Channel } from "./channels.ts";
import { applyConfig, applyGivenBar, applyHeartbeat, applyReady, type ControlOutcome } from "./control-lines.ts";
import { type DeadLetter, deadLetter } from "./dead-letter.ts";
import type { Counters, Outcome } from "./counters.ts";
import { DEAD, Frame, NOTHING, QUOTE, TRADE } from "./frame.ts";
import { FORGOTTEN, KNOWN } from "./interval-set.ts";
import { intervalIndex, startOf } from "./intervals.ts";
import { printsOf, touchLatest } from "./latest.ts";
import { needs } from "./needs.ts";
import { parseFrame } from "./parse-frame.ts";
import { applyQuote } from "./quotes.ts";
import type { Slot } from "./slot.ts";
import { type Fetched, type Identity, State } from "./state.ts";
import { applyTrade, type TradeLine } from "./trades.ts";
import { forgetLeaving, forgetSealed } from "./watermarks.ts";

/** `record`: a bar is told of at each line that changes it. `batch`: closed bars at once, open ones when they are drained. */
export type Cadence = "record" | "batch";

const NOTHING_FETCHED: Fetched = new Map();

/**
 * One partition as a pure function of its log: no clock, no I/O. For each record `parse`, then `apply` with the windows that `needs`
 * named. What it has to tell and to store gathers in `state`.
 */
export class Task {
  readonly state: State;
  readonly frame = new Frame();
  /** The newest record applied. */
  last: LogRecord | null = null;
  deadLetters: DeadLetter[] = [];
  #parsed: LogRecord | null = null;
  readonly #cadence: Cadence;
  readonly #counters: Counters;
  /** Filled again for each trade. */
  readonly #trade: TradeLine = {
    time: 0,
    id: 0,
    price: 0,
    size: 0,
    buy: false,
    offset: 0,
    line: 0,
    channel: 0,
    space: 0,
    added: 0,
  };

  constructor(identity: Identity, cadence: Cadence, counters: Counters) {
    this.state = new State(identity, counters);
    this.#cadence = cadence;
    this.#counters = counters;
  }

  /** Reads a record into `frame`. */
  parse(record: LogRecord): void {
    parseFrame(this.frame, record.offset, record.value, this.state.names);
    this.#parsed = record;
  }

  /** The windows that have to be read before `apply`. */
  needs(): WindowKey[] {
    return needs(this.state, this.frame);
  }

  /** Applies the parsed frame, which must lie at or behind `state.position`. */
  apply(fetched: Fetched = NOTHING_FETCHED): void {
    const { state, frame } = this;
    state.position = frame.offset;
    this.#counters.frames += 1;
    for (let line = 0; line < frame.lines; line++) {
      this.#line(line, frame.kind[line] ?? NOTHING, fetched);
      if (state.firing.length > 0) state.publishFiring();
      if (this.#cadence === "record" && state.early.length > 0) state.publishEarly();
    }
    state.position = frame.offset + 1;
    this.last = this.#parsed;
    if (state.leaving.length > 0) forgetLeaving(state);
    this.#forgetFetched(fetched);
  }

  #line(line: number, kind: number, fetched: Fetched): void {
    if (kind === NOTHING) return;
    this.#counters.read += 1;
    if (kind === TRADE) this.#tradeLine(line, fetched);
    else if (kind === QUOTE) this.#quoteLine(line);
    else if (kind === DEAD) {
      const verdict = this.frame.verdicts.get(line);
      this.#dead(line, verdict?.reason ?? "malformed", verdict?.detail ?? "");
    } else {
      const tick = this.frame.objects.get(line);
      if (tick && tick.type !== "trade" && tick.type !== "quote") this.#count(line, this.#control(tick, line));
    }
  }

  #tradeLine(line: number, fetched: Fetched): void {
    const { frame, state } = this;
    this.#counters.trades += 1;
    const channel = this.#channel(line);
    const slot = channel && this.#slot(line);
    if (!channel || !slot || !this.#isTimely(line, channel)) return;
    if (frame.offset < slot.gate) return this.#replayed();
    const time = frame.time[line] ?? 0;
    const id = frame.id[line] ?? 0;
    const space = frame.space[line] ?? 0;
    const age = this.#tooOld(slot, channel, time);
    if (age !== null) {
      if (slot.ids[space]?.has(id)) this.#counters.duplicate += 1;
      else this.#dead(line, "too-old", age);
      return;
    }
    const added = slot.addId(space, id);
    if (added === KNOWN) {
      this.#counters.duplicate += 1;
      return;
    }
    if (added === FORGOTTEN) {
      this.#dead(line, "too-old", "its id lies below those that are remembered");
      return;
    }
    const trade = this.#trade;
    trade.time = time;
    trade.id = id;
    trade.price = frame.price[line] ?? 0;
    trade.size = frame.size[line] ?? 0;
    trade.buy = frame.side[line] === 1;
    trade.offset = frame.offset;
    trade.line = line;
    trade.channel = frame.channel[line] ?? 0;
    trade.space = space;
    trade.added = added;
    this.#counters[applyTrade(state, slot, trade, fetched)] += 1;
    state.saveSlot(slot);
    this.#showTrade(slot, channel, line);
  }

  /** Why a trade of this event time can change no bar any more, null when it can. */
  #tooOld(slot: Slot, channel: Channel, time: number): string | null {
    if (time < slot.watermark - channel.correctionHorizon) return "behind the correction horizon";
    const { from } = this.state.identity;
    return from > 0 && startOf(0, time) < from ? "before the beginning of this epoch" : null;
  }

  #showTrade(slot: Slot, channel: Channel, line: number): void {
    const { frame } = this;
    const { time, id, price, size } = this.#trade;
    const side = frame.side[line] ?? 0;
    if (time > slot.tradeTime || (time === slot.tradeTime && id > slot.tradeId)) {
      slot.tradeTime = time;
      slot.tradeId = id;
      slot.price = price;
      slot.size = size;
      slot.side = side;
    }
    const conditions = frame.conditions.size > 0 ? frame.conditions.get(line) : undefined;
    printsOf(slot).add(id, time, price, size, side, conditions);
    this.#show(slot, channel, line, time);
  }

  #quoteLine(line: number): void {
    const { frame, state } = this;
    this.#counters.quotes += 1;
    const channel = this.#channel(line);
    const slot = channel && this.#slot(line);
    if (!channel || !slot || !this.#isTimely(line, channel)) return;
    if (frame.offset < slot.gate) return this.#replayed();
    const outcome = applyQuote(state, slot, frame, line);
    if (!outcome) {
      this.#dead(line, "too-old", "every window of this quote is sealed");
      return;
    }
    this.#counters[outcome] += 1;
    const time = frame.time[line] ?? 0;
    if (time >= slot.quoteTime) {
      slot.quoteTime = time;
      slot.bid = frame.price[line] ?? 0;
      slot.bidSize = frame.size[line] ?? 0;
      slot.ask = frame.ask[line] ?? 0;
      slot.askSize = frame.askSize[line] ?? 0;
    }
    state.saveSlot(slot);
    this.#show(slot, channel, line, time);
  }

  #show(slot: Slot, channel: Channel, line: number, time: number): void {
    if (time >= slot.newestTime) {
      slot.newestTime = time;
      slot.newestReceivedTime = this.frame.receivedTime[line] ?? 0;
    }
    slot.tickChannel = channel;
    slot.changeOffset = this.frame.offset;
    slot.changeLine = line;
    touchLatest(this.state, slot);
  }

  /** The configured channel of a tick; without one the line is dead. */
  #channel(line: number): Channel | null {
    const { frame, state } = this;
    const named = frame.objects.size > 0 ? frame.objects.get(line) : undefined;
    if (named) frame.channel[line] = state.names.channels.get(named.channel);
    const channel = state.channels[frame.channel[line] ?? -1];
    if (channel && channel.n > 0) return channel;
    this.#dead(line, "unknown-channel", "no config of its channel came before it");
    return null;
  }

  /** The slot of a tick; without one the line is dead. */
  #slot(line: number): Slot | null {
    const { frame, state } = this;
    const named = frame.objects.size > 0 ? frame.objects.get(line) : undefined;
    if (named?.type === "trade") frame.space[line] = state.names.spaces.add(named.idSpace ?? "");
    if (named?.type !== "trade" && named?.type !== "quote") return state.slots[frame.symbol[line] ?? -1] ?? null;
    const slot = state.slotOf(named.symbol);
    if (!slot) this.#dead(line, "wrong-partition", `${named.symbol} belongs to another partition`);
    return slot;
  }

  /** A tick from the future would show what nobody has traded yet, and would stay the newest for long. */
  #isTimely(line: number, channel: Channel): boolean {
    const ahead = (this.frame.time[line] ?? 0) - (this.frame.receivedTime[line] ?? 0);
    if (ahead <= channel.tolerance) return true;
    this.#dead(line, "from-the-future", `${ahead} µs ahead of its receipt, at most ${channel.tolerance}`);
    return false;
  }

  #control(tick: Exclude<TickLine, Tick>, line: number): ControlOutcome {
    const { state } = this;
    if (tick.type === "heartbeat") return applyHeartbeat(state, tick, line);
    if (tick.type === "config") return applyConfig(state, tick);
    if (tick.type === "ready") return applyReady(state, tick, line);
    return applyGivenBar(state, tick, line);
  }

  #count(line: number, outcome: ControlOutcome): void {
    if (typeof outcome === "string") this.#counters[outcome satisfies Outcome] += 1;
    else this.#dead(line, outcome.reason, outcome.detail);
  }

  #replayed(): void {
    this.#counters.duplicate += 1;
    this.#counters.replayed += 1;
  }

  #dead(line: number, reason: DeadReason, detail: string): void {
    this.#counters.dead[reason] += 1;
    this.deadLetters.push(deadLetter(this.state.identity.partition, this.frame, line, { reason, detail }));
  }

  /** What was read and not changed may go at once. */
  #forgetFetched(fetched: Fetched): void {
    for (const document of fetched.values()) {
      if (!document) continue;
      const slot = this.state.slots[this.state.names.symbols.get(document.symbol)];
      if (slot) forgetSealed(this.state, slot, intervalIndex(document.interval));
    }
  }
}
