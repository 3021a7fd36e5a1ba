import { z } from "zod";
import { symbolSchema } from "../../contracts/ticks.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { VolumeNormalsView, VolumeNormalView } from "../../contracts/overview-views.ts";
import { Adjuster } from "../../domain/adjustment/adjuster.ts";
import { stepsOf } from "../../domain/adjustment/steps.ts";
import { type CalendarName, type Segment, sessionDay } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { sameMinutes } from "../../domain/calendar/day-sessions.ts";
import { MINUTE, SECOND, type Micros } from "../../domain/interval.ts";
import { LEAST_SESSIONS, SESSIONS_COMPARED, volumeNormal } from "../../domain/volume-normal.ts";
import type { Services } from "../services.ts";
import { askForMinutes } from "./more-sessions.ts";

/** As many as a watchlist holds. */
const MOST_SYMBOLS = 500;
/** A minute is stored so long after it has ended, at the latest when nothing is slow. */
const STORED_WITHIN = 10 * SECOND;

export const volumeNormalsInput = z
  .object({ symbols: z.array(symbolSchema).min(1).max(MOST_SYMBOLS) })
  .refine(({ symbols }) => new Set(symbols).size === symbols.length, {
    message: "each symbol once",
    path: ["symbols"],
  });

type Needs = Pick<Services, "bars" | "directory" | "feeds" | "normals" | "now" | "sources">;

/**
 * The volume of each symbol's session so far, in whole minutes, against the same minutes of the 20 sessions of that kind before. At night
 * that of the whole regular session. Volumes before a split are in shares of today. From stored 1m bars, one request a calendar and delay of a source; computed once a minute.
 * Sources are asked for the sessions without which there is no normal.
 */
export async function volumeNormals(
  needs: Needs,
  { symbols }: z.infer<typeof volumeNormalsInput>,
): Promise<VolumeNormalsView> {
  const { directory, feeds, normals, now } = needs;
  const time = now();
  // NOT_FOUND for an unknown one.
  const tickers = await Promise.all(symbols.map(async (symbol) => (await directory.get(symbol)).ticker));
  const groups = Map.groupBy(tickers, ({ calendar, source }: Ticker) => {
    const { session, length } = soFar(calendar, time - (feeds.get(source)?.capabilities.delay ?? 0));
    return `${calendar}|${session.start}|${length}`;
  });
  const rows = await Promise.all(
    [...groups].map(([key, group]) => {
      const [{ calendar, source } = { calendar: "utc", source: "simulator" } as const] = group;
      const { session, length } = soFar(calendar, time - (feeds.get(source)?.capabilities.delay ?? 0));
      const names = group.map(({ symbol }) => symbol);
      return normals.get(`${key}|${names.join()}`, () => readNormals(needs, { calendar, session, length }, group));
    }),
  );
  return { rows: rows.flat(), serverTime: time };
}

interface SoFar {
  session: Segment;
  /** Of it, whole minutes. */
  length: Micros;
}

/** The session that goes on, and how much of it is stored; between sessions the whole of the day's regular one. */
export function soFar(calendar: CalendarName, time: Micros): SoFar {
  const present = calendarOf(calendar).segmentOf(time);
  const session = present.session === "closed" ? sessionDay(calendarOf(calendar), time) : present;
  const length = Math.min(time - STORED_WITHIN, session.end) - session.start;
  return { session, length: Math.max(0, Math.floor(length / MINUTE) * MINUTE) };
}

async function readNormals(
  needs: Pick<Services, "bars" | "feeds" | "now" | "sources">,
  { calendar, session, length }: SoFar & { calendar: CalendarName },
  tickers: readonly Ticker[],
): Promise<VolumeNormalView[]> {
  const symbols = tickers.map(({ symbol }) => symbol);
  // One more than is compared: it tells whether the oldest is whole.
  const ranges = length === 0 ? [] : sameMinutes(calendarOf(calendar), session, length, SESSIONS_COMPARED + 1);
  const read = length === 0 ? new Map<string, (number | null)[]>() : await needs.bars.volumes(symbols, "1m", ranges);
  const rows = tickers.map(({ symbol, actions }) => {
    const steps = stepsOf(actions, "split", { calendar: calendarOf(calendar), now: session.start, closes: [] });
    const adjuster = new Adjuster(steps);
    const [volume = null, ...earlier] = (read.get(symbol) ?? []).map((traded, place) => {
      return traded === null ? null : traded * adjuster.factorsAt(ranges[place]?.from ?? session.start).volume;
    });
    return {
      symbol,
      session: session.session,
      from: session.start,
      to: session.start + length,
      volume,
      ...volumeNormal(volume, earlier),
    };
  });
  const few = new Set(rows.filter(({ sessions }) => sessions < LEAST_SESSIONS).map(({ symbol }) => symbol));
  const without = length === 0 ? [] : tickers.filter(({ symbol }) => few.has(symbol));
  // The present session, those that are needed, and the oldest, which does not count.
  const from = ranges[1 + LEAST_SESSIONS]?.from ?? session.start;
  // What could not be asked now is asked with the next minute; the rest of the answer does not depend on it.
  const fetching = await askForMinutes(needs, without, { from, to: session.start }).catch(() => new Set<string>());
  return rows.map((row) => Object.assign(row, { fetching: fetching.has(row.symbol) }));
}
