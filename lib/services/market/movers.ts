import { z } from "zod";
import type { MoversView, SessionMove } from "../../contracts/overview-views.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { CalendarName, Segment } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { sessionsOf, TRADED_SESSIONS, type TradedSession } from "../../domain/calendar/day-sessions.ts";
import type { Micros } from "../../domain/interval.ts";
import type { Services } from "../services.ts";
import { refreshDaily } from "./refresh-daily.ts";

export const moversInput = z.object({ session: z.enum(TRADED_SESSIONS) });

type Needs = Pick<Services, "bars" | "daily" | "directory" | "hub" | "movers" | "now">;

/**
 * What moved in a session of the present day: the regular price against the previous close, that of pre- and post-market against the
 * newest regular close before it. From the day's stored bars, one request a calendar; at most a second old.
 */
export function movers(needs: Needs, { session }: z.infer<typeof moversInput>): Promise<MoversView> {
  return needs.movers.get(session, async () => {
    const all = await needs.directory.list();
    const tickers = all.map(({ ticker }) => ticker).filter(isLive);
    const days = await refreshDaily(needs, tickers);
    const groups = Map.groupBy(days, ({ calendar, day }) => `${calendar} ${day}`);
    const moves: SessionMove[] = [];
    for (const group of groups.values()) {
      const [{ calendar, day } = { calendar: "utc", day: 0 } as const] = group;
      const symbols = group.map(({ symbol }) => symbol);
      moves.push(...(await readMoves(needs, { calendar, day, session }, symbols)));
    }
    moves.sort((a, b) => b.percent - a.percent || a.symbol.localeCompare(b.symbol));
    return { session, moves, serverTime: needs.now() };
  });
}

const isLive = ({ state, source }: Ticker): boolean => state === "enabled" && source !== "recording";

interface DaySession {
  calendar: CalendarName;
  /** Start of the regular session. */
  day: Micros;
  session: TradedSession;
}

async function readMoves(
  { bars, daily }: Pick<Needs, "bars" | "daily">,
  { calendar, day, session }: DaySession,
  symbols: readonly string[],
): Promise<SessionMove[]> {
  const sessions = sessionsOf(calendarOf(calendar), calendarOf(calendar).segmentOf(day));
  const wanted = sessions.find((each) => each.session === session);
  if (!wanted) return [];
  // After the close the base is the close of the day itself.
  const starts = session === "post" ? [day, wanted.start] : [wanted.start];
  const read = await bars.closes(symbols, "1d", starts);
  return symbols.flatMap((symbol) => {
    const closes = read.get(symbol) ?? [];
    const closeAt = (start: Micros): number | null => closes.find((each) => each.start === start)?.close ?? null;
    const base = session === "post" ? closeAt(day) : daily.previousClose(symbol, day);
    return moveOf(symbol, wanted, closeAt(wanted.start), base);
  });
}

function moveOf(symbol: string, { start, end }: Segment, price: number | null, base: number | null): SessionMove[] {
  if (price === null || base === null || base === 0) return [];
  return [{ symbol, start, end, price, base, percent: ((price - base) / base) * 100 }];
}
