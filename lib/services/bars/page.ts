import { z } from "zod";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import { intervalSchema, microsSchema, sessionSchema } from "../../contracts/ticks.ts";
import { adjustmentModeSchema } from "../../contracts/adjustments.ts";
import type { BarQuery, BarReader, ChartBar } from "../../contracts/stores.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { BarsPage, BarView } from "../../contracts/views.ts";
import type { TimeRange } from "../../domain/backfill-chunks.ts";
import { Adjuster } from "../../domain/adjustment/adjuster.ts";
import { openTimeBefore } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { INTERVAL_LENGTH, type Micros } from "../../domain/interval.ts";
import type { LiveHub } from "../../live/hub.ts";
import type { Services } from "../services.ts";
import { adjustmentOf } from "./adjustment.ts";
import { askForHistory, historyInterval } from "./history.ts";
import { sessionOf } from "./session-of.ts";
import { compositePage, type PageQuery } from "../composite/page.ts";
import { findInstrument, hasBars } from "../composite/instrument.ts";
import { mergeBars } from "./merge-bars.ts";

/** The most bars of one page. */
export const MAX_PAGE_BARS = 2_000;
/** Windows of a page that usually have both a built and a given bar, at most. */
const FEW = 8;

export const barsPageInput = z.object({
  symbol: chartSymbolSchema,
  interval: intervalSchema,
  /** Bars of one session alone; absent: of all sessions, but of days the regular ones. */
  session: sessionSchema.optional(),
  /** Only bars that start before; absent: up to now. */
  to: microsSchema.optional(),
  limit: z.int().min(1).max(MAX_PAGE_BARS).default(500),
  adjust: adjustmentModeSchema.default("raw").meta({ description: "for splits, or for splits and dividends" }),
});

type Needs = Pick<Services, "charts" | "directory" | "feeds" | "now" | "sources"> & {
  bars: Pick<BarReader, "readChart">;
  hub: Pick<LiveHub, "bars">;
};

/**
 * The newest `limit` bars before `to`, the forming one as the hub holds it; of a composite those of its legs that belong together. What is
 * not held is asked of the source, and `backfill` says how far that is. What is stored is as traded; `adjust` is
 * done to what is read. NOT_FOUND.
 */
export async function barsPage(services: Needs, input: z.infer<typeof barsPageInput>): Promise<BarsPage> {
  const instrument = await findInstrument(services, input.symbol);
  if (!instrument.composite) return tickerPage(services, instrument.ticker, input);
  const { composite, legs } = instrument;
  const { symbol, interval } = input;
  if (!hasBars(instrument, interval)) {
    const adjustment = { mode: input.adjust, steps: [], next: null };
    return { symbol, interval, bars: [], adjustment, more: false, settling: false, backfill: null };
  }
  const pageOf = (leg: Ticker) => (query: Omit<PageQuery, "symbol">) =>
    tickerPage(services, leg, { ...query, symbol: leg.symbol });
  return compositePage([pageOf(legs[0]), pageOf(legs[1])], composite, input);
}

async function tickerPage(
  services: Needs,
  ticker: Ticker,
  { symbol, interval, to, limit, adjust, ...input }: PageQuery,
): Promise<BarsPage> {
  const calendar = calendarOf(ticker.calendar);
  const history = historyInterval(services, ticker, interval);
  const session = sessionOf(interval, input.session);
  const query = {
    symbol,
    interval,
    order: "descending",
    ...(to === undefined ? {} : { to }),
    ...(session === undefined ? {} : { session }),
  } as const;
  const [stored, asked, adjustment] = await Promise.all([
    services.charts.get(`${symbol}|${interval}|${session ?? ""}|${to ?? ""}|${limit}`, () =>
      readWindows(services.bars, query, limit),
    ),
    history === null ? [] : services.sources.backfills({ symbol }),
    adjustmentOf(services, ticker, adjust),
  ]);
  const oldestStored = stored.at(-1)?.start ?? 0;
  const live = services.hub.bars(symbol, interval).filter(({ update: { start } }) => {
    const isWanted = session === undefined || calendar.segmentOf(start).session === session;
    return isWanted && (to === undefined || start < to) && start >= oldestStored;
  });
  const merged = mergeBars(stored, live);
  const adjuster = new Adjuster(adjustment.steps);
  const bars = merged.slice(-limit).map((bar) => adjuster.apply(bar));
  const olderStored = merged.length > limit;
  const page = { symbol, interval, bars, adjustment };
  if (history === null) return { ...page, more: olderStored, settling: false, backfill: null };

  const end = Math.min(to ?? Infinity, services.now());
  const length = limit * INTERVAL_LENGTH[interval];
  const reach = Math.max(0, interval === "1d" ? end - length : openTimeBefore(calendar, end, Math.min(length, end)));
  const range = rangeOf(bars, limit, reach, end);
  const { backfill, settling, older } = await askForHistory(services, ticker, history, range, bars, asked);
  return { ...page, more: olderStored || older, settling, backfill };
}

/**
 * The stored bars of at least one window more than `limit`, where there are that many: it shows that older ones are stored. Few windows
 * have a given bar beside the built one; only when many do is the longest possible answer read.
 */
async function readWindows(
  bars: Pick<BarReader, "readChart">,
  query: Omit<BarQuery, "limit">,
  limit: number,
): Promise<ChartBar[]> {
  const usual = limit + FEW;
  const stored = await bars.readChart({ ...query, limit: usual });
  const windows = new Set(stored.map(({ start }) => start)).size;
  return windows > limit || stored.length < usual ? stored : bars.readChart({ ...query, limit: 2 * limit + 2 });
}

/** What the page stands for: back to its oldest bar when it is full, else as far as it would reach if every window had one. */
function rangeOf(bars: readonly BarView[], limit: number, reach: Micros, end: Micros): TimeRange {
  const oldest = bars[0]?.start ?? end;
  return { from: bars.length === limit ? oldest : Math.min(oldest, reach), to: end };
}
