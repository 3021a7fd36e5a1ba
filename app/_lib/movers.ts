import type { SessionMove } from "#lib/contracts/overview-views.ts";
import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { TRADED_SESSIONS, type TradedSession } from "#lib/domain/calendar/day-sessions.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { isCounted } from "./breadth.ts";

/** What the movers of a session are held against. */
export const BASE_WORDS: Readonly<Record<TradedSession, string>> = {
  pre: "against the previous close",
  regular: "against the previous close",
  post: "against the day’s close",
};

/** `pre` of an address; null, the session that goes on, for anything else. */
export function parseMoversSession(text: string | null): TradedSession | null {
  return TRADED_SESSIONS.find((session) => session === text) ?? null;
}

/** Whether the symbols have more than one session a day. */
export function hasSessions(instruments: readonly InstrumentView[]): boolean {
  return instruments.some(({ calendar }) => calendar !== "utc");
}

/** The session that goes on for the most of the symbols that have several; between sessions the regular one. */
export function presentSession(instruments: readonly Pick<InstrumentView, "calendar">[], now: Micros): TradedSession {
  const calendars = new Set<CalendarName>(instruments.map(({ calendar }) => calendar));
  for (const calendar of calendars) {
    if (calendar === "utc") continue;
    const { session } = calendarOf(calendar).segmentOf(now);
    if (session === "pre" || session === "post") return session;
  }
  return "regular";
}

export interface Mover {
  instrument: InstrumentView;
  last: number;
  percent: number;
}

/** A move with the newest price where that is one of its session: what is stored is some seconds behind. */
function newestOf(move: SessionMove, quote: QuoteView | undefined): Pick<Mover, "last" | "percent"> {
  const { start, end, price, base, percent } = move;
  const tradeTime = quote?.tradeTime ?? null;
  if (!quote || quote.last === null || tradeTime === null || tradeTime < start || tradeTime >= end) {
    return { last: price, percent };
  }
  return { last: quote.last, percent: ((quote.last - base) / base) * 100 };
}

/** The `count` that gained most and those that lost most, the furthest first. */
export function moversOf(
  moves: readonly SessionMove[],
  instruments: ReadonlyMap<string, InstrumentView>,
  quoteOf: (symbol: string) => QuoteView | undefined,
  count: number,
): { gaining: Mover[]; losing: Mover[] } {
  const movers = moves.flatMap((move): Mover[] => {
    const instrument = instruments.get(move.symbol);
    return instrument && isCounted(instrument) ? [{ instrument, ...newestOf(move, quoteOf(move.symbol)) }] : [];
  });
  const falling = movers.toSorted(
    (a, b) => b.percent - a.percent || a.instrument.symbol.localeCompare(b.instrument.symbol),
  );
  return {
    gaining: falling.filter((mover) => mover.percent > 0).slice(0, count),
    losing: falling
      .filter((mover) => mover.percent < 0)
      .toReversed()
      .slice(0, count),
  };
}
