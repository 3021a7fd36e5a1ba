import type { BarReader } from "../../contracts/stores.ts";
import type { BarView } from "../../contracts/views.ts";
import type { Interval, Micros } from "../../domain/interval.ts";
import type { LiveBar, LiveHub } from "../../live/hub.ts";
import { mergeBars } from "../bars/merge-bars.ts";

interface Needs {
  hub: Pick<LiveHub, "bars">;
  bars: Pick<BarReader, "readChart">;
}

interface Window {
  symbol: string;
  interval: Interval;
  start: Micros;
}

/**
 * Bars of the legs of one stream's composites: as the hub holds them, else as stored. One that cannot be read is left to the page's next
 * reading.
 */
export class LegBars {
  readonly #needs: Needs;
  /** The newest window read early of each leg and interval: as many as the stream has topics. */
  readonly #early = new Map<string, { start: Micros; bar: Promise<BarView | null> }>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * null where the leg has no bar there. A correction may be of a window that the hub no longer holds; and of a leg that has not ticked since
   * this process began the hub knows nothing: its window is read once, for what changes from then on the hub hears.
   */
  at(window: Window, isLate: boolean): Promise<BarView | null> {
    const held = this.#needs.hub.bars(window.symbol, window.interval);
    const own = held.find(({ update }) => update.start === window.start)?.update;
    if (own) return Promise.resolve("gone" in own ? null : own);
    if (isLate) return this.#read(window);
    return isFollowed(held, window.start) ? Promise.resolve(null) : this.#readOnce(window);
  }

  #readOnce(window: Window): Promise<BarView | null> {
    const key = `${window.symbol}|${window.interval}`;
    const early = this.#early.get(key);
    if (early?.start === window.start) return early.bar;
    const bar = this.#read(window);
    this.#early.set(key, { start: window.start, bar });
    return bar;
  }

  async #read({ symbol, interval, start }: Window): Promise<BarView | null> {
    const query = { symbol, interval, from: start, to: start + 1, limit: 2, order: "ascending" } as const;
    const stored = await this.#needs.bars.readChart(query).catch(() => []);
    return mergeBars(stored)[0] ?? null;
  }
}

/** Whether the hub has heard a leg before this window, other than by a correction: then it would hold a bar of the window itself. */
function isFollowed(held: readonly LiveBar[], start: Micros): boolean {
  return held.some(({ update }) => update.start < start && "firing" in update && update.firing !== "late");
}
