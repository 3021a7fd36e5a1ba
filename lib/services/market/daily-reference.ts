import type { BarReader } from "../../contracts/stores.ts";
import { DAY, MINUTE, SECOND, type Micros } from "../../domain/interval.ts";
import { mergeBars } from "../bars/merge-bars.ts";
import { inParallel } from "./in-parallel.ts";

/** A symbol and the start of the day that is its present one. */
export interface SymbolDay {
  symbol: string;
  day: Micros;
}

/** A close older than this many days is no longer "the previous one": a long weekend, not a symbol that came back. */
const LOOK_BACK = 7 * DAY;
/** A close that is not there yet (its history is being fetched) is looked for again, ever less often. */
const FIRST_RETRY: Micros = 5 * SECOND;
const LAST_RETRY: Micros = 10 * MINUTE;
const SPARKLINE_FRESH: Micros = MINUTE;
/** Reads in flight at once. */
const READS = 8;

interface Close {
  day: Micros;
  close: number | null;
  retry: Micros;
  retryAt: Micros;
}

interface Sparkline {
  day: Micros;
  closes: number[];
  readAt: Micros;
}

/** Previous closes and sparklines, one of each a symbol. */
export class DailyReference {
  readonly #bars: Pick<BarReader, "read" | "closes">;
  readonly #now: () => Micros;
  readonly #closes = new Map<string, Close>();
  readonly #sparklines = new Map<string, Sparkline>();

  constructor(bars: Pick<BarReader, "read" | "closes">, now: () => Micros) {
    this.#bars = bars;
    this.#now = now;
  }

  /** Close of the 1d bar before the day that starts at `day`; null while unknown. */
  previousClose(symbol: string, day: Micros): number | null {
    const held = this.#closes.get(symbol);
    return held?.day === day ? held.close : null;
  }

  /** Closes of the 5m bars of the symbol's day as last read, oldest first. */
  sparkline(symbol: string): number[] {
    return this.#sparklines.get(symbol)?.closes ?? [];
  }

  /** Reads the previous closes that are not held or were not there; the symbols of which one was found. */
  async refreshCloses(wanted: readonly SymbolDay[]): Promise<string[]> {
    const now = this.#now();
    const due = wanted.filter(({ symbol, day }) => {
      const held = this.#closes.get(symbol);
      return held?.day !== day || (held.close === null && held.retryAt <= now);
    });
    const found: string[] = [];
    await inParallel(due, READS, async ({ symbol, day }) => {
      const close = await this.#readClose(symbol, day);
      const held = this.#closes.get(symbol);
      const retry = held?.day === day ? Math.min(2 * held.retry, LAST_RETRY) : FIRST_RETRY;
      this.#closes.set(symbol, { day, close, retry, retryAt: now + retry });
      if (close !== null) found.push(symbol);
    });
    return found;
  }

  /** Reads the sparklines that are older than a minute, one request a day among the symbols. */
  async refreshSparklines(wanted: readonly SymbolDay[]): Promise<void> {
    const now = this.#now();
    const due = wanted.filter(({ symbol, day }) => {
      const held = this.#sparklines.get(symbol);
      return held?.day !== day || now - held.readAt >= SPARKLINE_FRESH;
    });
    for (const [day, symbols] of Map.groupBy(due, (each) => each.day)) {
      const read = await this.#bars.closes(
        symbols.map(({ symbol }) => symbol),
        "5m",
        day,
      );
      for (const { symbol } of symbols) {
        const closes = (read.get(symbol) ?? []).filter(({ start }) => start < day + DAY).map(({ close }) => close);
        this.#sparklines.set(symbol, { day, closes, readAt: now });
      }
    }
  }

  async #readClose(symbol: string, day: Micros): Promise<number | null> {
    const from = Math.max(0, day - LOOK_BACK);
    const stored = await this.#bars.read({ symbol, interval: "1d", from, to: day, limit: 16, order: "descending" });
    return mergeBars(stored).at(-1)?.close ?? null;
  }
}
