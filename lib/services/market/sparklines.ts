import type { BarReader } from "../../contracts/stores.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { MINUTE, type Micros } from "../../domain/interval.ts";
import type { SymbolDay } from "./symbol-day.ts";

const STEP = 5 * MINUTE;
const FRESH: Micros = MINUTE;
/** Where 5m bars lack, those of 1m are looked at, ever less often: their history is fetched first. */
const FIRST_RETRY: Micros = MINUTE;
const LAST_RETRY: Micros = 16 * MINUTE;

type Closes = readonly { start: Micros; close: number }[];

interface Held {
  day: Micros;
  end: Micros;
  readAt: Micros;
  fives: Closes;
  /** Closes of the last minute of each five. */
  minutes: Closes;
  minutesRetry: Micros;
  minutesAt: Micros;
}

/** The course of each symbol's day: the closes of its 5m bars, and until those are all there of the minutes that end with them. */
export class Sparklines {
  readonly #bars: Pick<BarReader, "closes">;
  readonly #now: () => Micros;
  /** One a symbol. */
  readonly #held = new Map<string, Held>();
  #reading: Promise<void> | null = null;

  constructor(bars: Pick<BarReader, "closes">, now: () => Micros) {
    this.#bars = bars;
    this.#now = now;
  }

  /** As last read, oldest first. */
  of(symbol: string): number[] {
    const held = this.#held.get(symbol);
    if (!held) return [];
    const closes = new Map(held.minutes.map(({ start, close }) => [start + MINUTE - STEP, close]));
    for (const { start, close } of held.fives) if (start < held.end) closes.set(start, close);
    return [...closes].toSorted(([a], [b]) => a - b).map(([, close]) => close);
  }

  /** Reads those that are older than a minute. Resolves when there is one of each; newer ones follow behind. */
  async refresh(wanted: readonly SymbolDay[]): Promise<void> {
    const now = this.#now();
    const missing = wanted.some(({ symbol, day }) => this.#held.get(symbol)?.day !== day);
    this.#reading ??= this.#read(wanted, now).finally(() => {
      this.#reading = null;
    });
    // What fails behind is read again with the next snapshot.
    if (!missing) this.#reading.catch(() => undefined);
    else await this.#reading;
  }

  async #read(wanted: readonly SymbolDay[], now: Micros): Promise<void> {
    const due = wanted.filter(({ symbol, day }) => {
      const held = this.#held.get(symbol);
      return held?.day !== day || now - held.readAt >= FRESH;
    });
    for (const group of Map.groupBy(due, ({ calendar, day }) => `${calendar} ${day}`).values()) {
      const [{ calendar, day } = { calendar: "utc", day: now } as const] = group;
      const { end } = calendarOf(calendar).segmentOf(day);
      const symbols = group.map(({ symbol }) => symbol);
      await this.#readFives({ day, end }, symbols, now);
    }
  }

  async #readFives({ day, end }: Pick<Held, "day" | "end">, symbols: readonly string[], now: Micros): Promise<void> {
    const read = await this.#bars.closes(symbols, "5m", day);
    const lacking: string[] = [];
    const windows = Math.floor((Math.max(day, Math.min(now, end)) - day) / STEP);
    for (const symbol of symbols) {
      const before = this.#held.get(symbol);
      const held: Held =
        before?.day === day
          ? before
          : { day, end, readAt: now, fives: [], minutes: [], minutesRetry: FIRST_RETRY, minutesAt: now };
      held.readAt = now;
      held.fives = read.get(symbol) ?? [];
      this.#held.set(symbol, held);
      if (held.fives.length < windows / 2 && held.minutesAt <= now) lacking.push(symbol);
    }
    if (lacking.length > 0) await this.#readMinutes(day, lacking, windows, now);
  }

  async #readMinutes(day: Micros, symbols: readonly string[], windows: number, now: Micros): Promise<void> {
    const starts = Array.from({ length: windows }, (_, index) => day + (index + 1) * STEP - MINUTE);
    const read = await this.#bars.closes(symbols, "1m", starts);
    for (const symbol of symbols) {
      const held = this.#held.get(symbol);
      if (!held) continue;
      held.minutes = read.get(symbol) ?? [];
      held.minutesAt = now + held.minutesRetry;
      held.minutesRetry = Math.min(2 * held.minutesRetry, LAST_RETRY);
    }
  }
}
