import type { Adjustment } from "../../contracts/adjustments.ts";
import type { BarReader, ChartBar } from "../../contracts/stores.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { exTime } from "../../domain/adjustment/action.ts";
import {
  type AdjustmentMode,
  CLOSE_LOOK_BACK,
  nextStep,
  type RawClose,
  stepsOf,
} from "../../domain/adjustment/steps.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import type { Micros } from "../../domain/interval.ts";
import type { SharedReads } from "../shared-reads.ts";
import { mergeBars } from "./merge-bars.ts";

/** The most stored bars of days that are looked at; a dividend before the oldest of them has no close and changes nothing. */
const MOST_DAYS = 10_000;

export interface AdjustmentNeeds {
  bars: Pick<BarReader, "readChart">;
  charts: SharedReads<ChartBar[]>;
  now: () => Micros;
}

/** What a mode does to the bars of a ticker by now. Of a ticker without actions, and but for total returns, nothing is read. */
export async function adjustmentOf(
  services: AdjustmentNeeds,
  { symbol, calendar: name, actions }: Pick<Ticker, "symbol" | "calendar" | "actions">,
  mode: AdjustmentMode,
): Promise<Adjustment> {
  if (actions.length === 0) return { mode, steps: [], next: null };
  const calendar = calendarOf(name);
  const now = services.now();
  const exTimes = actions.flatMap(({ kind, day }) => {
    const time = kind === "dividend" ? exTime(calendar, day) : Infinity;
    return time <= now ? [time] : [];
  });
  const closes = mode === "total" && exTimes.length > 0 ? await readCloses(services, symbol, exTimes) : [];
  return { mode, steps: stepsOf(actions, mode, { calendar, now, closes }), next: nextStep(actions, calendar, now) };
}

/** The regular closes of the days among which are those before the ex-days; those who ask within a second share one read. */
async function readCloses(
  { bars, charts }: AdjustmentNeeds,
  symbol: string,
  exTimes: readonly Micros[],
): Promise<RawClose[]> {
  const from = Math.max(0, Math.min(...exTimes) - CLOSE_LOOK_BACK);
  const to = Math.max(...exTimes);
  const days = { symbol, interval: "1d", session: "regular", from, to, limit: MOST_DAYS, order: "descending" } as const;
  return mergeBars(await charts.get(`closes|${symbol}|${from}|${to}`, () => bars.readChart(days)));
}
