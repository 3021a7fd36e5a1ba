import type { BarReader } from "../../contracts/stores.ts";
import { DAY, MINUTE, type Micros } from "../../domain/interval.ts";
import { ExponentialHistogram } from "../../domain/sketches/exponential-histogram.ts";
import { inParallel } from "../market/in-parallel.ts";

/** Days that are held: some 300 bytes each. The one that was used longest ago makes room. */
const CAPACITY = 20_000;
/** Days that are read at once: their minutes are what one answer holds. */
const DAYS_AT_ONCE = 6;
const RUNS_AT_ONCE = 2;

type Returns = Pick<BarReader, "course" | "stretches">;

interface Day {
  /** What its bars and those of the day before were when it was read. */
  state: string;
  encoded: Uint8Array;
}

/**
 * Absolute one-minute returns of a symbol, |close / close before − 1| of minutes that follow each other, each counted where its minute
 * begins. The bars of minutes are the truth about them: a day that has passed is kept as a sketch beside what its bars were, so that a
 * correction, history that arrives and a rebuild are seen and the day is read again; the answer is always what the bars say now.
 */
export class ReturnSketches {
  readonly #bars: Returns;
  readonly #capacity: number;
  /** By symbol and day, in the order of use. */
  readonly #days = new Map<string, Day>();

  constructor(bars: Returns, capacity = CAPACITY) {
    this.#bars = bars;
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#days.size;
  }

  /** Adds the returns from `from` to before `to`; gives how many sketches of days and bars of minutes that took. */
  async addTo(histogram: ExponentialHistogram, symbol: string, from: Micros, to: Micros): Promise<number> {
    const first = Math.ceil(from / DAY) * DAY;
    const last = Math.floor(to / DAY) * DAY;
    if (first >= last) return this.#addMinutes(histogram, symbol, from, to);
    const edges = await Promise.all([
      this.#addMinutes(histogram, symbol, from, first),
      this.#addMinutes(histogram, symbol, last, to),
    ]);
    return (await this.#addDays(histogram, symbol, first, last)) + edges[0] + edges[1];
  }

  async #addMinutes(histogram: ExponentialHistogram, symbol: string, from: Micros, to: Micros): Promise<number> {
    if (from >= to) return 0;
    let minutes = 0;
    for await (const { start, value } of returnsOf(this.#bars, symbol, from, to)) {
      if (start >= from) minutes += 1;
      if (value !== null) histogram.add(value);
    }
    return minutes;
  }

  async #addDays(histogram: ExponentialHistogram, symbol: string, first: Micros, last: Micros): Promise<number> {
    // The first return of a day is one against the last minute of the day before.
    const query = { symbol, interval: "1m", from: first - DAY, to: last } as const;
    const stretches = await this.#bars.stretches(query, DAY);
    const own = new Map(stretches.map(({ start, documents, written }) => [start, `${documents} ${written}`]));
    const days = [...own.keys()].filter((day) => day >= first);
    const stateOf = (day: Micros) => `${own.get(day - DAY) ?? ""}|${own.get(day)}`;
    const changed = days.filter((day) => this.#days.get(`${symbol}|${day}`)?.state !== stateOf(day));
    const read = new Map<Micros, ExponentialHistogram>();
    await inParallel(runsOf(changed), RUNS_AT_ONCE, async (run) => {
      for (const day of run) read.set(day, new ExponentialHistogram());
      const [from = 0] = run;
      for await (const { start, value } of returnsOf(this.#bars, symbol, from, from + run.length * DAY)) {
        if (value !== null) read.get(Math.floor(start / DAY) * DAY)?.add(value);
      }
    });
    for (const day of days) {
      const fresh = read.get(day);
      const key = `${symbol}|${day}`;
      const held = fresh ? { state: stateOf(day), encoded: fresh.encode() } : this.#days.get(key);
      // Another question can have pushed it out meanwhile: then this one is asked again for that day.
      if (!held) await this.#addMinutes(histogram, symbol, day, day + DAY);
      else {
        histogram.mergeEncoded(held.encoded);
        this.#hold(key, held);
      }
    }
    return days.length;
  }

  #hold(key: string, day: Day): void {
    this.#days.delete(key);
    this.#days.set(key, day);
    const [oldest] = this.#days.keys();
    if (this.#days.size > this.#capacity && oldest !== undefined) this.#days.delete(oldest);
  }
}

/** Days that follow each other, at most DAYS_AT_ONCE in a run. */
function runsOf(days: readonly Micros[]): Micros[][] {
  const runs: Micros[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.length < DAYS_AT_ONCE && run.at(-1) === day - DAY) run.push(day);
    else runs.push([day]);
  }
  return runs;
}

/** The minutes that traded, and the return of each that follows on another. */
async function* returnsOf(
  bars: Returns,
  symbol: string,
  from: Micros,
  to: Micros,
): AsyncGenerator<{ start: Micros; value: number | null }> {
  let before = { start: -Infinity, close: 0 };
  for await (const page of bars.course({ symbol, interval: "1m", from: from - MINUTE, to })) {
    for (const minute of page) {
      const follows = minute.start - before.start === MINUTE && minute.start >= from;
      yield { start: minute.start, value: follows ? Math.abs(minute.close / before.close - 1) : null };
      before = minute;
    }
  }
}
