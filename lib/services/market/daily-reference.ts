import type { BarReader } from "../../contracts/stores.ts";
import { dayOf, type CorporateAction } from "../../domain/adjustment/action.ts";
import { times } from "../../domain/adjustment/adjuster.ts";
import { splitFactor } from "../../domain/adjustment/steps.ts";
import { previousSession } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { DAY, MINUTE, SECOND, type Micros } from "../../domain/interval.ts";
import type { DayNumbers } from "../../live/quote-view.ts";
import { mergeBars } from "../bars/merge-bars.ts";
import { inParallel } from "./in-parallel.ts";
import type { SymbolDay } from "./symbol-day.ts";

/** A close older than this many days is no longer "the previous one": a long weekend, not a symbol that came back. */
const LOOK_BACK = 7 * DAY;
/** A close that is not there yet (its history is being fetched) is looked for again, ever less often. */
const FIRST_RETRY: Micros = 5 * SECOND;
const LAST_RETRY: Micros = 10 * MINUTE;
/** Reads in flight at once. */
const READS = 8;

interface Held {
  day: Micros;
  ended: boolean;
  close: number | null;
  /** Start of the day of the close. */
  closeDay: Micros;
  /** The close is that of a bar which lacks trades, or of an earlier day than the one before: a better one may still come. */
  provisional: boolean;
  /** The day's own bar, of days that have ended. */
  bar: DayNumbers | null;
  retry: Micros;
  retryAt: Micros;
}

/** The previous close of each symbol, and the numbers of days that have ended; one a symbol. */
export class DailyReference {
  readonly #bars: Pick<BarReader, "readChart">;
  readonly #now: () => Micros;
  readonly #actionsOf: (symbol: string) => readonly CorporateAction[];
  readonly #held = new Map<string, Held>();

  constructor(
    bars: Pick<BarReader, "readChart">,
    now: () => Micros,
    actionsOf: (symbol: string) => readonly CorporateAction[],
  ) {
    this.#actionsOf = actionsOf;
    this.#bars = bars;
    this.#now = now;
  }

  /** Close of the 1d bar before the day that starts at `day`, in shares of that day; null while unknown. */
  previousClose(symbol: string, day: Micros): number | null {
    const held = this.#held.get(symbol);
    if (held?.day !== day || held.close === null) return null;
    return inSharesOf(day, held.close, held.closeDay, this.#actionsOf(symbol));
  }

  /** The numbers of a day that has ended; null while unknown. */
  endedDay(symbol: string, day: Micros): DayNumbers | null {
    const held = this.#held.get(symbol);
    return held?.day === day ? held.bar : null;
  }

  /** Reads the previous closes, and the ended days, that are not held, were not there or are provisional; the symbols of which one was found. */
  async refreshCloses(wanted: readonly SymbolDay[]): Promise<string[]> {
    const now = this.#now();
    const due = wanted.filter((each) => {
      const held = this.#heldFor(each);
      const missing = held?.close === null || held?.provisional === true || (each.ended && held?.bar === null);
      return !held || (missing && held.retryAt <= now);
    });
    const found: string[] = [];
    await inParallel(due, READS, async (each) => {
      const read = await this.#readDay(each);
      const held = this.#heldFor(each);
      const isNews = read.close !== held?.close || read.bar !== null;
      const retry = held ? Math.min(2 * held.retry, LAST_RETRY) : FIRST_RETRY;
      this.#held.set(each.symbol, { ...each, ...read, retry, retryAt: now + retry });
      if (isNews && (read.close !== null || read.bar !== null)) found.push(each.symbol);
    });
    return found;
  }

  #heldFor({ symbol, day, ended }: SymbolDay): Held | undefined {
    const held = this.#held.get(symbol);
    return held?.day === day && held.ended === ended ? held : undefined;
  }

  async #readDay({
    symbol,
    calendar,
    day,
    ended,
  }: SymbolDay): Promise<Pick<Held, "close" | "closeDay" | "provisional" | "bar">> {
    const range = { from: Math.max(0, day - LOOK_BACK), to: ended ? day + 1 : day };
    const days = { symbol, interval: "1d", session: "regular" } as const;
    const stored = await this.#bars.readChart({ ...days, ...range, limit: 18, order: "descending" });
    const bars = mergeBars(stored);
    const bar = bars.find(({ start, final }) => start === day && final) ?? null;
    const previous = bars.findLast(({ start }) => start < day);
    const provisional =
      previous !== undefined && (previous.partial || previous.start < previousSession(calendarOf(calendar), day).start);
    return { close: previous?.close ?? null, closeDay: previous?.start ?? day, provisional, bar };
  }
}

/** A close of an earlier day as of one that trades after splits. A dividend leaves it: what it takes from the price is part of the change. */
function inSharesOf(day: Micros, close: number, closeDay: Micros, actions: readonly CorporateAction[]): number {
  return actions.reduce((price, action) => {
    const isBetween = action.kind === "split" && action.day > dayOf(closeDay) && action.day <= dayOf(day);
    return isBetween ? times(price, splitFactor(action)) : price;
  }, close);
}
