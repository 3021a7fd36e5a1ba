import { FULL, LAST, SUBSTITUTE } from "../domain/eligibility/eligibility.ts";
import { addFirstPartly, addFirstTrade, addPartly, addTrade } from "./accumulate.ts";
import { measureOf, SPREAD } from "./sketch-keys.ts";
import type { TradeLine } from "./trades.ts";
import {
  BUY_VOLUME,
  CHANNEL,
  CLOSE,
  CLOSE_ID,
  CLOSE_TIME,
  COMPLETE,
  DOUBTFUL,
  FIRST_LINE,
  FIRST_OFFSET,
  FLAGS,
  HIGH,
  LAST_LINE,
  LAST_OFFSET,
  LOW,
  MAX_ID,
  MIN_ID,
  NOTIONAL,
  OPEN,
  OPEN_ID,
  OPEN_TIME,
  SPACE,
  START,
  TRADES,
  UNPRICED,
  VOLUME,
  WEAK,
  type WindowArena,
  WORDS,
} from "./window-arena.ts";

/** What trades make of a window, by the names by which a difference is told of. */
const NUMBERS = {
  trades: TRADES,
  volume: VOLUME,
  open: OPEN,
  high: HIGH,
  low: LOW,
  close: CLOSE,
  "traded amount": NOTIONAL,
  "volume bought": BUY_VOLUME,
  "time of the first trade": OPEN_TIME,
  "time of the last trade": CLOSE_TIME,
  "id of the first trade": OPEN_ID,
  "id of the last trade": CLOSE_ID,
  "lowest id": MIN_ID,
  "highest id": MAX_ID,
  "first offset": FIRST_OFFSET,
  "last offset": LAST_OFFSET,
} as const;
const INTEGERS = [FIRST_LINE, LAST_LINE, CHANNEL, SPACE] as const;
const MARKS = WEAK | UNPRICED | DOUBTFUL;

/** Adds a trade to what a window knows of trades, but for its sketches; says whether it is the only one there. */
export function addToContent(arena: WindowArena, window: number, trade: TradeLine): boolean {
  const { values, words } = arena;
  const flags = words[window * WORDS + FLAGS] ?? 0;
  const isFirst = (words[window * WORDS + SPACE] ?? -1) < 0;
  const isPartial = trade.eligible !== FULL || (flags & (WEAK | UNPRICED)) !== 0;
  if (isFirst) {
    if (isPartial) setRank(arena, window, addFirstPartly(values, words, window, trade, trade.space));
    else addFirstTrade(values, words, window, trade, trade.space);
    return true;
  }
  if (isPartial) setRank(arena, window, addPartly(values, words, window, trade, rankOf(flags)));
  else addTrade(values, words, window, trade);
  if (words[window * WORDS + SPACE] !== trade.space) {
    arena.set(window, DOUBTFUL);
    arena.clear(window, COMPLETE);
  }
  return false;
}

function setRank(arena: WindowArena, window: number, rank: number): void {
  arena.clear(window, WEAK | UNPRICED);
  if (rank !== LAST) arena.set(window, rank === SUBSTITUTE ? WEAK : UNPRICED);
}

function rankOf(flags: number): number {
  if ((flags & UNPRICED) !== 0) return 0;
  return (flags & WEAK) !== 0 ? SUBSTITUTE : LAST;
}

/** What the trades of two windows have made different; null where nothing is. Sketches included, what quotes gave is not. */
export function differenceOf(arena: WindowArena, window: number, other: WindowArena, at: number): string | null {
  for (const [name, field] of Object.entries(NUMBERS)) {
    const [one, two] = [arena.get(window, field), other.get(at, field)];
    if (one !== two) return `${name} ${two} instead of ${one}`;
  }
  const isOther = INTEGERS.some((field) => arena.word(window, field) !== other.word(at, field));
  const flags = arena.word(window, FLAGS) ^ other.word(at, FLAGS);
  if (isOther || (flags & MARKS) !== 0) return "other lines of the log";
  return sketchesOf(arena, window) === sketchesOf(other, at) ? null : "other sketches";
}

/** Everything that trades have added to the sketches of a window, as text. */
function sketchesOf(arena: WindowArena, window: number): string {
  const entries: string[] = [];
  arena.forEachAmount(window, (key, whole, fraction) => {
    if (measureOf(key) !== SPREAD && whole + fraction > 0) entries.push(`${key}:${whole}:${fraction}`);
  });
  const venues = arena.venues.of(window);
  return `${entries.join(" ")}|${venues ? Buffer.from(venues.encode()).toString("base64") : ""}`;
}

/**
 * Gives a window what another has of trades; what quotes gave it stays. A bar left without a trade stays a bar without a price, which
 * says where in the log its last one was taken out.
 */
export function replaceContent(
  arena: WindowArena,
  window: number,
  other: WindowArena,
  at: number,
  { offset, line }: { offset: number; line: number },
): void {
  const isEmpty = other.word(at, SPACE) < 0;
  for (const field of Object.values(NUMBERS)) arena.put(window, field, other.get(at, field));
  for (const field of INTEGERS) {
    if (!isEmpty || field !== CHANNEL) arena.putWord(window, field, other.word(at, field));
  }
  arena.clear(window, MARKS);
  arena.set(window, other.word(at, FLAGS) & MARKS);
  if (isEmpty) {
    arena.set(window, UNPRICED);
    for (const field of [OPEN_TIME, CLOSE_TIME]) arena.put(window, field, arena.get(window, START));
    for (const field of [FIRST_OFFSET, LAST_OFFSET]) arena.put(window, field, offset);
    for (const field of [FIRST_LINE, LAST_LINE]) arena.putWord(window, field, line);
  }
  replaceSketches(arena, window, other, at);
}

function replaceSketches(arena: WindowArena, window: number, other: WindowArena, at: number): void {
  const spreads: [key: number, whole: number, fraction: number][] = [];
  arena.forEachAmount(window, (key, whole, fraction) => {
    if (measureOf(key) === SPREAD) spreads.push([key, whole, fraction]);
  });
  arena.clearSketches(window);
  for (const spread of spreads) arena.addAmount(window, ...spread);
  other.forEachAmount(at, (key, whole, fraction) => arena.addAmount(window, key, whole, fraction));
  arena.venues.put(window, other.venues.of(at));
}
