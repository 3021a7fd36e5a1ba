import type { CheckpointDocument, WindowKey } from "../contracts/engine-store.ts";
import type { LogRecord } from "../contracts/log.ts";
import type { DeadReason } from "../contracts/dead.ts";
import type { Tick, TickLine } from "../contracts/ticks.ts";
import { applyConfig, applyGivenBar, applyHeartbeat, applyReady, recut, type ControlOutcome } from "./control-lines.ts";
import { FULL } from "../domain/eligibility/eligibility.ts";
import { deadLetter, type Letter } from "./dead-letter.ts";
import { CONTENT, eligibleOf, isKnown, tooOld } from "./admission.ts";
import { contentOf } from "./content-set.ts";
import type { Counters, Outcome } from "./counters.ts";
import { applyDecision, type CarriedOut, resumeDecision } from "./decision-line.ts";
import { holdBack } from "./guard.ts";
import type { Recount } from "./recount.ts";
import type { Retracting } from "./retract.ts";
import { DEAD, Frame, NOTHING, OTHER, QUOTE, TRADE } from "./frame.ts";
import { APPENDED, FORGOTTEN, KNOWN } from "./interval-set.ts";
import { lateLetter } from "./late-letter.ts";
import { needs } from "./needs.ts";
import { parseFrame, spaceName } from "./parse-frame.ts";
import { showChange, showQuote, showTrade } from "./newest.ts";
import { applyQuote } from "./quotes.ts";
import { applyStatus } from "./status-line.ts";
import { GATE, GUARDED, ROW, ROW_WORDS, TOP_ID, WATERMARK } from "./slot-rows.ts";
import { type Fetched, type Identity, State } from "./state.ts";
import { applyTrade, emptyTrade, readTrade, review } from "./trades.ts";
import { forgetFetched, forgetLeaving } from "./watermarks.ts";

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
  /** What the checkpoint says of the one before, from which it was restored. */
  fingerprint: CheckpointDocument["fingerprint"] = null;
  /** Messages for `ticks.dead` and `ticks.late`. */
  readonly deadLetters: Letter[] = [];
  readonly lateLetters: Letter[] = [];
  #parsed: LogRecord | null = null;
  /** Where the frame has stopped. */
  #stopped: { retracting: Retracting; line: number; fetched: Fetched } | null = null;
  readonly #cadence: Cadence;
  readonly #counters: Counters;
  /** Filled again for each trade. */
  readonly #trade = emptyTrade();

  constructor(identity: Identity, cadence: Cadence, counters: Counters) {
    this.state = new State(identity, counters);
    this.#cadence = cadence;
    this.#counters = counters;
  }

  /** Letters that wait to be sent. */
  get letters(): number {
    return this.deadLetters.length + this.lateLetters.length;
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

  /**
   * Applies the parsed frame, which must lie at or behind `state.position`. Stops at a line that takes a print out of its bars: its
   * recount has to be given the records from its anchor to before this frame, then `resume` goes on. null: the frame is applied.
   */
  apply(fetched: Fetched = NOTHING_FETCHED): Recount | null {
    this.state.position = this.frame.offset;
    this.#counters.frames += 1;
    return this.#lines(0, fetched);
  }

  /** Goes on where the frame stopped. */
  resume(): Recount | null {
    const stopped = this.#stopped;
    if (!stopped) throw new RangeError("No frame has stopped");
    this.#stopped = null;
    const { retracting, line, fetched } = stopped;
    this.#carryOut(line, resumeDecision(this.state, retracting, this.frame, line));
    this.#tell();
    return this.#lines(line + 1, fetched);
  }

  #lines(first: number, fetched: Fetched): Recount | null {
    const { state, frame } = this;
    for (let line = first; line < frame.lines; line++) {
      const kind = frame.kind[line] ?? NOTHING;
      this.#line(line, kind, fetched);
      this.#tell();
      if (kind === OTHER && this.#stopped) return this.#stopped.retracting.recount;
    }
    state.position = frame.offset + 1;
    this.last = this.#parsed;
    if (state.leaving.size > 0) forgetLeaving(state);
    if (state.recut.length > 0) recut(state);
    forgetFetched(state, fetched);
    return null;
  }

  /** Tells of the bars that a line has changed. */
  #tell(): void {
    const { state } = this;
    if (state.firing.length > 0) state.publishFiring();
    if (this.#cadence === "record" && state.early.length > 0) state.publishEarly();
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
      if (!tick || tick.type === "trade" || tick.type === "quote") return;
      const outcome = this.#control(tick, line, fetched);
      if (typeof outcome === "object" && "recount" in outcome) this.#stopped = { retracting: outcome, line, fetched };
      else this.#carryOut(line, outcome);
    }
  }

  #tradeLine(line: number, fetched: Fetched): void {
    const { frame, state } = this;
    this.#counters.trades += 1;
    const slot = this.#slot(line);
    if (slot < 0) return;
    const rows = state.rows.values;
    const row = slot * ROW;
    if (frame.offset < (rows[row + GATE] ?? 0)) {
      this.#replayed();
      return;
    }
    const time = frame.time[line] ?? 0;
    let id = frame.id[line] ?? 0;
    const space = frame.space[line] ?? 0;
    if (time < (rows[row + WATERMARK] ?? 0) || state.identity.from > 0) {
      const age = tooOld(state, frame, slot, line);
      if (age !== null) {
        if (isKnown(state, frame, slot, line)) this.#counters.duplicate += 1;
        else this.#dead(line, "too-old", age);
        return;
      }
    }
    const trade = this.#trade;
    // Mostly ids count on.
    if (space === 0 && id === (rows[row + TOP_ID] ?? 0) + 1) {
      rows[row + TOP_ID] = id;
      trade.isNext = true;
    } else if (space === CONTENT) {
      id = this.#numberByContent(slot, line);
      if (id < 0) return;
    } else if (!this.#isNewId(slot, line)) return;
    readTrade(trade, frame, line);
    trade.id = id;
    trade.space = space;
    trade.eligible = frame.conditions.size === 0 ? FULL : eligibleOf(state, frame, slot, line);
    if ((state.rows.words[slot * ROW_WORDS + GUARDED] ?? 0) !== 0 && holdBack(state, slot, frame, line, trade)) {
      this.#counters.held += 1;
      if (!trade.isNext) review(state, slot, trade);
      showChange(state, slot, trade.channel, frame.offset, line);
      return;
    }
    this.#counters[applyTrade(state, slot, trade, fetched)] += 1;
    if (state.revised.length > 0) this.#late(slot, line);
    showTrade(state, frame, slot, line, trade);
  }

  /** Whether an id was not seen before; otherwise the line is counted. */
  #isNewId(slot: number, line: number): boolean {
    const added = this.state.slots[slot]?.addId(this.frame.space[line] ?? 0, this.frame.id[line] ?? 0) ?? KNOWN;
    this.#trade.isNext = added === APPENDED;
    if (added === KNOWN) this.#counters.duplicate += 1;
    else if (added === FORGOTTEN) this.#dead(line, "too-old", "its id lies below those that are remembered");
    return added !== KNOWN && added !== FORGOTTEN;
  }

  /** The number that a trade without an id gets, −1 where it is counted otherwise. */
  #numberByContent(number: number, line: number): number {
    const slot = this.state.slots[number];
    const trade = this.frame.objects.get(line);
    if (!slot || trade?.type !== "trade") throw new RangeError(`Line ${line} is no trade of its own words`);
    const added = slot.addContent(trade.time, contentOf(trade));
    if (added === "known") this.#counters.duplicate += 1;
    if (added === "forgotten") this.#dead(line, "too-old", "without an id, and older than those that are remembered");
    if (added !== "new") return -1;
    const id = slot.contents?.count ?? 0;
    this.#trade.isNext = slot.addId(CONTENT, id) === APPENDED;
    return id;
  }

  #quoteLine(line: number): void {
    const { frame, state } = this;
    this.#counters.quotes += 1;
    const slot = this.#slot(line);
    if (slot < 0) return;
    const rows = state.rows.values;
    const row = slot * ROW;
    if (frame.offset < (rows[row + GATE] ?? 0)) {
      this.#replayed();
      return;
    }
    const outcome = applyQuote(state, slot, frame, line);
    if (!outcome) {
      this.#dead(line, "too-old", "every window of this quote is sealed");
      return;
    }
    this.#counters[outcome] += 1;
    if (state.revised.length > 0) this.#late(slot, line);
    showQuote(state, frame, slot, line);
  }

  /** The number of the slot of a tick; −1 where the line is dead. */
  #slot(line: number): number {
    const { frame, state } = this;
    const named = frame.objects.size > 0 ? frame.objects.get(line) : undefined;
    if (named?.type === "trade" || named?.type === "quote")
      frame.channel[line] = state.names.channels.get(named.channel);
    const channel = state.channels[frame.channel[line] ?? -1];
    if (!channel || channel.n === 0) {
      this.#dead(line, "unknown-channel", "no config of its channel came before it");
      return -1;
    }
    if (named && !this.#isOurs(line, named)) return -1;
    // A tick from the future would show what nobody has traded yet, and would stay the newest for long.
    const ahead = (frame.time[line] ?? 0) - (frame.receivedTime[line] ?? 0);
    if (ahead <= channel.tolerance) return frame.symbol[line] ?? -1;
    this.#dead(line, "from-the-future", `${ahead} µs ahead of its receipt, at most ${channel.tolerance}`);
    return -1;
  }

  /** Gives numbers to the names of a tick; it is dead when its symbol belongs to another partition. */
  #isOurs(line: number, named: TickLine): boolean {
    const { frame, state } = this;
    if (named.type !== "trade" && named.type !== "quote") return false;
    if (named.type === "trade") frame.space[line] = state.names.spaces.add(spaceName(named));
    const slot = state.slotOf(named.symbol);
    if (slot) frame.symbol[line] = slot.number;
    else this.#dead(line, "wrong-partition", `${named.symbol} belongs to another partition`);
    return slot !== null;
  }

  #control(tick: Exclude<TickLine, Tick>, line: number, fetched: Fetched): ControlOutcome | CarriedOut | Retracting {
    const { state } = this;
    if (tick.type === "heartbeat") return applyHeartbeat(state, tick, line);
    if (tick.type === "config") return applyConfig(state, tick);
    if (tick.type === "ready") return applyReady(state, tick, line);
    if (tick.type === "decision") return applyDecision(state, tick, this.frame, line, fetched);
    if (tick.type === "status") return applyStatus(state, tick, line);
    return applyGivenBar(state, tick, line);
  }

  #carryOut(line: number, outcome: ControlOutcome | CarriedOut): void {
    if (typeof outcome === "object" && "trade" in outcome) {
      const { slot, trade, isRetracted } = outcome;
      if (this.state.revised.length > 0) this.#late(slot, line, trade, isRetracted);
      this.#counters[outcome.outcome] += 1;
    } else if (typeof outcome === "string") this.#counters[outcome satisfies Outcome] += 1;
    else this.#dead(line, outcome.reason, outcome.detail);
  }

  /** Closed bars have been corrected by this line. */
  #late(slot: number, line: number, told: Tick | null = null, isRetracted = false): void {
    const { state } = this;
    const watermark = state.rows.get(slot, WATERMARK);
    const { partition } = state.identity;
    const { arena, revised } = state;
    this.lateLetters.push(lateLetter(partition, this.frame, line, { watermark, arena, revised, told, isRetracted }));
    state.revised.clear();
  }

  #replayed(): void {
    this.#counters.duplicate += 1;
    this.#counters.replayed += 1;
  }

  #dead(line: number, reason: DeadReason, detail: string): void {
    this.#counters.dead[reason] += 1;
    this.deadLetters.push(deadLetter(this.state.identity.partition, this.frame, line, { reason, detail }));
  }
}
