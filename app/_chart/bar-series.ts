import type { Adjustment } from "#lib/contracts/adjustments.ts";
import type { BarView } from "#lib/contracts/views.ts";
import { Adjuster, type Factors } from "#lib/domain/adjustment/adjuster.ts";
import { BARS_KEPT, indexAt, mergeBars } from "../_lib/bars.ts";
import { RevisionStore } from "./revision-store.ts";

type Listener = () => void;

function barAt(bars: readonly BarView[], start: number): BarView | undefined {
  const bar = bars[indexAt(bars, start)];
  return bar?.start === start ? bar : undefined;
}

/**
 * The bars of one chart. Closed ones change about once a bar, the forming one many times a second: they notify apart, so that a tick
 * redraws one candle. Positions count from the first bar ever loaded: bars paged in before it get negative ones, and nothing that is
 * on the screen moves.
 */
export class BarSeries {
  #closed: readonly BarView[] = [];
  #forming: BarView | null = null;
  #first = 0;
  #origin = 0;
  #adjustment: Adjustment | null = null;
  #adjuster = new Adjuster([]);
  /** Closed bars that were rewritten. */
  readonly revisions = new RevisionStore();
  readonly #closedListeners = new Set<Listener>();
  readonly #formingListeners = new Set<Listener>();

  /** All but the newest bar, oldest first. */
  closed = (): readonly BarView[] => this.#closed;
  /** The newest bar, forming or not; null while there is none. */
  forming = (): BarView | null => this.#forming;

  /** Position of the oldest bar. */
  get first(): number {
    return this.#first;
  }

  /** Start of the bar at position 0, the oldest of the first page. */
  get origin(): number {
    return this.#origin;
  }

  /** Position of the newest bar. */
  get last(): number {
    return this.#first + this.#closed.length;
  }

  get length(): number {
    return this.#closed.length + (this.#forming ? 1 : 0);
  }

  /** No room for older bars. */
  get full(): boolean {
    return this.length >= BARS_KEPT;
  }

  /** What was done to its bars; null until a page has said so. */
  get adjustment(): Adjustment | null {
    return this.#adjustment;
  }

  /**
   * Takes what a page says was done to its bars; what the stream brought before, as traded, is brought to the same. False where another
   * was taken before: bars of the two do not belong together.
   */
  adjust(adjustment: Adjustment): boolean {
    if (this.#adjustment) return JSON.stringify(this.#adjustment) === JSON.stringify(adjustment);
    this.#adjustment = adjustment;
    this.#adjuster = new Adjuster(adjustment.steps);
    const held = this.#forming ? [...this.#closed, this.#forming] : [];
    if (adjustment.steps.length > 0 && held.length > 0) this.#replace(held, held.map(this.adjusted));
    return true;
  }

  /** A bar as traded as the others here are. */
  adjusted = <T extends BarView>(bar: T): T => this.#adjuster.apply(bar);

  /** By what the bar that starts there was multiplied. */
  factorsAt(start: number): Factors {
    return this.#adjuster.factorsAt(start);
  }

  at(position: number): BarView | undefined {
    return position === this.last ? (this.#forming ?? undefined) : this.#closed[position - this.#first];
  }

  /** Position of the bar that begins at `start`; null where there is none. */
  positionOf(start: number): number | null {
    if (this.#forming?.start === start) return this.last;
    const index = indexAt(this.#closed, start);
    return this.#closed[index]?.start === start ? this.#first + index : null;
  }

  /** Takes a page or an update. A bar older than BARS_KEPT before the newest is dropped. */
  merge(incoming: readonly BarView[]): void {
    const newest = incoming.at(-1);
    const forming = this.#forming;
    if (newest === undefined) return;
    if (incoming.length === 1 && forming && newest.start === forming.start) {
      const [kept = forming] = mergeBars([forming], incoming);
      this.#form(kept);
      this.revisions.change(forming, kept);
      return;
    }
    const held = forming ? [...this.#closed, forming] : this.#closed;
    const merged = mergeBars(held, incoming);
    if (merged === held) return;
    this.#replace(held, merged);
    for (const { start, revision } of incoming) {
      const before = revision > 0 ? barAt(held, start) : undefined;
      const after = before && barAt(merged, start);
      if (before && after) this.revisions.change(before, after);
    }
  }

  /** Takes a bar away; nothing where there is none. */
  remove(start: number): void {
    const held = this.#forming ? [...this.#closed, this.#forming] : this.#closed;
    const kept = held.filter((bar) => bar.start !== start);
    if (kept.length === held.length) return;
    const gone = barAt(held, start);
    this.#replace(held, kept);
    if (gone?.final) this.revisions.change(gone, null);
  }

  #replace(held: readonly BarView[], merged: readonly BarView[]): void {
    const kept = merged.slice(-BARS_KEPT);
    const anchor = held[0];
    const paged = anchor ? merged.findIndex((bar) => bar.start >= anchor.start) : 0;
    if (held.length === 0) this.#origin = kept[0]?.start ?? 0;
    this.#first += merged.length - kept.length - paged;
    this.#closed = kept.slice(0, -1);
    this.#forming = kept.at(-1) ?? null;
    for (const listener of this.#closedListeners) listener();
    for (const listener of this.#formingListeners) listener();
  }

  #form(bar: BarView): void {
    if (bar === this.#forming) return;
    this.#forming = bar;
    for (const listener of this.#formingListeners) listener();
  }

  onClosed = (listener: Listener): Listener => {
    this.#closedListeners.add(listener);
    return () => this.#closedListeners.delete(listener);
  };

  onForming = (listener: Listener): Listener => {
    this.#formingListeners.add(listener);
    return () => this.#formingListeners.delete(listener);
  };
}
