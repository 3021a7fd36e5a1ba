import type { BarLine } from "../contracts/bars.ts";
import { INTERVAL_LENGTH, MINUTE, type Micros } from "../domain/interval.ts";
import { DecayedRate } from "../domain/sketches/decayed-rate.ts";
import { type Counted, SpaceSaving } from "../domain/sketches/space-saving.ts";
import { Board } from "./board.ts";
import { isNewer, type LogVersion } from "./version.ts";

const STEP = INTERVAL_LENGTH["5m"];
/** Windows that are looked back over: an hour, the present one included. */
const WINDOWS = 12;
/** The newest of them still change, also those of sources that are late by design. */
const OPEN = 4;
/** A sum is off by a thousandth of the whole at most. */
const COUNTERS = 1024;
/** A trade counts half in the rate of its symbol after this. */
export const HALF_LIFE: Micros = MINUTE;

/** What symbols are ordered by: money that changed hands, in their own currency, or the number of trades. */
export const ACTIVITY_ORDERS = ["notional", "trades"] as const;
export type ActivityOrder = (typeof ACTIVITY_ORDERS)[number];

export interface ActivityLimits {
  /** Symbols of one open window, and of which a rate is held; bars of more are left out. */
  symbols: number;
  counters: number;
}

const LIMITS: ActivityLimits = { symbols: 50_000, counters: COUNTERS };

interface Traded extends LogVersion {
  notional: number;
  trades: number;
}

/** A window that still changes, by symbol; and its sketches, made when asked for and given up with the next change. */
interface OpenWindow {
  bars: Map<string, Traded>;
  sketches: Sketches | null;
}

type Sketches = Record<ActivityOrder, SpaceSaving>;

/** The most active of late. */
export interface ActivityList {
  /** `lower` ≤ the exact sum ≤ `upper`; `rate`: trades a second of late. */
  rows: (Counted & { rate: number })[];
  /** By how much a sum can be off at most; 0: they are exact. */
  error: number;
  /** Sum over all symbols. */
  total: number;
  /** Event time that is counted; null while nothing is. */
  from: Micros | null;
  /** Event time of the newest trade counted. */
  to: Micros | null;
  /** Bars that were not counted since this began: too late, too early, or of too many symbols. */
  leftOut: number;
}

/**
 * The symbols that traded most in the last hour, from their 5m bars as they pass. While a window can change, the newest version of each
 * bar replaces the one before, so that what is published twice counts once; then the window is folded into Space-Saving: any number of
 * symbols takes some thousand counters. Rates decay (`DecayedRate`).
 */
export class Activity {
  readonly #limits: ActivityLimits;
  readonly #open = new Map<Micros, OpenWindow>();
  readonly #folded = new Map<Micros, Sketches>();
  readonly #rates: Board<DecayedRate>;
  readonly #began: Micros;
  #newest: Micros = -Infinity;
  #lastTrade: Micros | null = null;
  #changes = 0;
  #leftOut = 0;

  constructor(began: Micros, limits = LIMITS) {
    this.#began = began;
    this.#limits = limits;
    this.#rates = new Board(limits.symbols);
  }

  /** Takes a bar of 5m; all others are nothing to it. `now`: our clock, which no bar may be ahead of. */
  accept(bar: BarLine, now: Micros): void {
    const { symbol, interval, start, volume, vwap, trades, lineage } = bar;
    if (interval !== "5m") return;
    if (start <= now && start > this.#newest) this.#advance(start);
    const window = this.#windowOf(start, now);
    const held = window?.bars.get(symbol);
    if (!window || (!held && window.bars.size >= this.#limits.symbols)) this.#leftOut += 1;
    else if (!held || isNewer(bar, held)) {
      const { epoch, offset, line } = bar;
      window.sketches = null;
      window.bars.set(symbol, { notional: volume * (vwap ?? 0), trades, epoch, offset, line });
      this.#lastTrade = Math.max(this.#lastTrade ?? 0, lineage.lastTime);
      // When the first trades of a window were before this began is not known.
      if (held || start >= this.#began) this.#hasten(symbol, lineage.lastTime, trades - (held?.trades ?? 0));
    }
  }

  /** The `most` most active in the hour before `now`, most active first. */
  list(order: ActivityOrder, most: number, now: Micros): ActivityList {
    const first = now - WINDOWS * STEP;
    const sum = new SpaceSaving(this.#limits.counters);
    const starts: Micros[] = [];
    for (const [start, sketches] of this.#folded) {
      if (start < first) continue;
      sum.merge(sketches[order]);
      starts.push(start);
    }
    for (const [start, window] of this.#open) {
      if (start < first) continue;
      sum.merge(this.#sketchesOf(window)[order]);
      starts.push(start);
    }
    const at = Math.max(now, this.#lastTrade ?? now);
    return {
      rows: sum.top(most).map(({ key, lower, upper }) => {
        return { key, lower, upper, rate: this.#rates.get(key)?.at(at) ?? 0 };
      }),
      error: sum.error,
      total: sum.total,
      from: starts.length === 0 ? null : Math.min(...starts),
      to: starts.length === 0 ? null : this.#lastTrade,
      leftOut: this.#leftOut,
    };
  }

  /** The window of a start, while its bars may change. */
  #windowOf(start: Micros, now: Micros): OpenWindow | null {
    if (start > now || start <= this.#newest - OPEN * STEP) return null;
    const window = this.#open.get(start) ?? { bars: new Map<string, Traded>(), sketches: null };
    this.#open.set(start, window);
    return window;
  }

  /** Windows that have passed are folded, those of more than an hour ago forgotten. */
  #advance(newest: Micros): void {
    this.#newest = newest;
    for (const [start, window] of this.#open) {
      if (start > newest - OPEN * STEP) continue;
      this.#folded.set(start, this.#sketchesOf(window));
      this.#open.delete(start);
    }
    for (const start of this.#folded.keys()) if (start <= newest - WINDOWS * STEP) this.#folded.delete(start);
  }

  #sketchesOf(window: OpenWindow): Sketches {
    const { counters } = this.#limits;
    window.sketches ??= {
      notional: SpaceSaving.ofSums(sumsOf(window, "notional"), counters),
      trades: SpaceSaving.ofSums(sumsOf(window, "trades"), counters),
    };
    return window.sketches;
  }

  #hasten(symbol: string, time: Micros, trades: number): void {
    if (trades <= 0) return;
    const rate = this.#rates.get(symbol) ?? new DecayedRate(HALF_LIFE);
    rate.add(time, trades);
    this.#rates.set(symbol, rate, ++this.#changes);
  }
}

/** Money is counted in whole units of its currency. */
function* sumsOf({ bars }: OpenWindow, order: ActivityOrder): Generator<readonly [string, number]> {
  for (const [symbol, traded] of bars) {
    const sum = Math.min(Math.round(traded[order]), Number.MAX_SAFE_INTEGER);
    if (sum > 0) yield [symbol, sum];
  }
}
