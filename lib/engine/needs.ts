import { barId } from "../contracts/bars.ts";
import type { WindowKey } from "../contracts/engine-store.ts";
import { type CalendarName, type Segment, windowOf } from "../domain/calendar/calendar.ts";
import { calendarOf } from "../domain/calendar/calendars.ts";
import { type Frame, OTHER, TRADE } from "./frame.ts";
import { INTERVAL_COUNT, intervalName } from "./intervals.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";

/** What the lines of a frame can do to watermarks before its last line. */
interface Moves {
  /** It can move symbols between channels, thaw them, or change lateness. */
  isConfiguring: boolean;
  /** The calendars that it names: a symbol of which nothing was seen has one of them at once. */
  calendars: Set<CalendarName>;
  /** Newest proof of each channel, by name. */
  proofs: Map<string, number>;
  newestProof: number;
}

/**
 * The windows to read from the store before this frame is applied: every one that a trade of it may touch, that is not in memory and
 * may be sealed by then. All others that are not in memory are new.
 */
export function needs(state: State, frame: Frame): WindowKey[] {
  const moves = movesOf(frame);
  const highest = state.channels.reduce((most, { watermark }) => Math.max(most, watermark), moves.newestProof);
  const keys = new Map<string, WindowKey>();
  for (let line = 0; line < frame.lines; line++) {
    const named = frame.objects.size > 0 ? frame.objects.get(line) : undefined;
    const isDecision = named?.type === "decision";
    if (frame.kind[line] !== TRADE && !isDecision) continue;
    const time = isDecision ? named.tradeTime : (frame.time[line] ?? 0);
    const slot = isDecision ? state.slots[state.names.symbols.get(named.symbol)] : slotOf(state, frame, line);
    if (!slot) {
      // Its first line ever: sealed before it only if this very frame configures and proves.
      if (moves.isConfiguring && (isDecision || named?.type === "trade") && time < highest) {
        addKeys(state, keys, { symbol: named.symbol, slot: null, time, watermark: highest, moves });
      }
      continue;
    }
    if (frame.offset < slot.gate) continue;
    const watermark = moves.isConfiguring ? Math.max(highest, slot.watermark) : watermarkOf(slot, moves);
    if (time >= watermark) continue;
    addKeys(state, keys, { symbol: slot.symbol, slot, time, watermark, moves });
  }
  return [...keys.values()];
}

function movesOf(frame: Frame): Moves {
  const moves: Moves = { isConfiguring: false, calendars: new Set(), proofs: new Map(), newestProof: -Infinity };
  for (const [line, tick] of frame.objects) {
    if (frame.kind[line] !== OTHER) continue;
    if (tick.type === "config" || tick.type === "ready") moves.isConfiguring = true;
    if (tick.type === "config") moves.calendars.add(tick.calendar);
    if (tick.type !== "heartbeat") continue;
    moves.proofs.set(tick.channel, Math.max(moves.proofs.get(tick.channel) ?? -Infinity, tick.time));
    moves.newestProof = Math.max(moves.newestProof, tick.time);
  }
  return moves;
}

/** The highest watermark that a slot can have within a frame that configures nothing. */
function watermarkOf(slot: Slot, moves: Moves): number {
  if (slot.frozen || !slot.channel || moves.proofs.size === 0) return slot.watermark;
  return Math.max(slot.watermark, moves.proofs.get(slot.channel.name) ?? -Infinity);
}

function slotOf(state: State, frame: Frame, line: number): Slot | undefined {
  const symbol = frame.symbol[line] ?? -1;
  return symbol < 0 ? undefined : state.slots[symbol];
}

interface Touched {
  symbol: string;
  slot: Slot | null;
  time: number;
  watermark: number;
  moves: Moves;
}

const UNSEEN: readonly CalendarName[] = ["utc"];

function addKeys(state: State, keys: Map<string, WindowKey>, touched: Touched): void {
  const { symbol, slot, watermark, moves } = touched;
  for (let index = 0; index < INTERVAL_COUNT; index++) {
    const interval = intervalName(index);
    // The lateness may change within a configuring frame, so that any window that has ended counts as sealed.
    const sealed = slot && !moves.isConfiguring ? slot.sealedUntil(index, watermark) : watermark;
    for (const { start, end } of windowsAt(touched, index)) {
      if (end > sealed || start < state.identity.from) continue;
      if (slot && state.arena.find(slot.number, index, start) >= 0) continue;
      keys.set(barId(symbol, interval, start), { symbol, interval, start });
    }
  }
}

/** Every window of an interval in which the tick may come to lie. */
function* windowsAt({ slot, time, moves }: Touched, index: number): Generator<Segment> {
  if (slot) yield slot.calendar.windowOf(index, time);
  if (slot && slot.seen > -Infinity) return;
  for (const calendar of [...UNSEEN, ...moves.calendars])
    yield windowOf(calendarOf(calendar), intervalName(index), time);
}
