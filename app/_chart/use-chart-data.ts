"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { AdjustmentMode } from "#lib/domain/adjustment/steps.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { INTERVAL_LENGTH, type Interval } from "#lib/domain/interval.ts";
import { describeError } from "../_lib/errors.ts";
import { useConnection } from "../_live/hooks.ts";
import { useLive, type Live } from "../_live/live.tsx";
import { useTRPCClient } from "../_live/trpc.tsx";
import { BarLoader, type LoaderState } from "./bar-loader.ts";
import { BarSeries } from "./bar-series.ts";

/** A symbol's bars of one interval, and what fills them. */
export interface ChartData {
  symbol: string;
  interval: Interval;
  /** Only bars of the regular session. */
  regular: boolean;
  /** What is done to prices. */
  adjust: AdjustmentMode;
  series: BarSeries;
  loader: BarLoader;
}

/** Windows without an update after which the bars between are read: the server holds a few more than these for a slow page. */
const MISSED: Readonly<Record<Interval, number>> = { "1s": 25, "1m": 4, "5m": 2, "1h": 2, "1d": 2 };

type Client = ReturnType<typeof useTRPCClient>;

/** What bars of a chart are. */
export type Wanted = Pick<ChartData, "symbol" | "interval" | "regular" | "adjust">;

/** Whether these are such bars, and can be gone on with. */
export function isOf(data: ChartData, { symbol, interval, regular, adjust }: Wanted): boolean {
  const isSame = data.symbol === symbol && data.interval === interval && data.regular === regular;
  return isSame && data.adjust === adjust && !data.loader.state().outdated;
}

export function createData(client: Client, { symbol, interval, regular, adjust }: Wanted): ChartData {
  const series = new BarSeries();
  const loader = new BarLoader({
    series,
    length: INTERVAL_LENGTH[interval],
    fetchPage: (request, signal) =>
      client.bars.page.query(
        { symbol, interval, adjust, ...(regular && { session: "regular" }), ...request },
        { signal },
      ),
    describe: (error) => describeError(error).message,
  });
  return { symbol, interval, regular, adjust, series, loader };
}

/** Reads the newest page and takes what the stream tells of the bars, until the function that it gives is called. */
export function follow(
  { symbol, interval, loader, series }: ChartData,
  regularOf: CalendarName | null,
  bars: Live["bars"],
  clock: Live["clock"],
): () => void {
  const off = bars.subscribe(symbol, interval, (update) => {
    if (regularOf !== null && calendarOf(regularOf).segmentOf(update.start).session !== "regular") return;
    if ("gone" in update) {
      series.remove(update.start);
      return;
    }
    const newest = series.forming();
    const silence = newest ? (update.start - newest.start) / INTERVAL_LENGTH[interval] : 0;
    const isExDay =
      newest !== null && update.start > newest.start && update.start >= (series.adjustment?.next ?? Infinity);
    if (isExDay || silence > MISSED[interval]) loader.catchUp(clock.now());
    series.merge([series.adjusted(update)]);
  });
  loader.start();
  return () => {
    off();
    loader.end();
  };
}

/**
 * The bars of a symbol and interval. After a change of interval or adjustment the former ones stay until the first page of the new is there: `shown` is
 * what to draw, `wanted` what was asked for. `regularOf`: the calendar whose regular sessions alone are drawn; null: all sessions.
 */
export function useChartData(
  symbol: string,
  interval: Interval,
  regularOf: CalendarName | null,
  adjust: AdjustmentMode,
): { shown: ChartData | null; wanted: ChartData; state: LoaderState } {
  const client = useTRPCClient();
  const { bars, clock } = useLive();
  const { opened } = useConnection();
  const asked = { symbol, interval, regular: regularOf !== null, adjust };
  const [wanted, setWanted] = useState(() => createData(client, asked));
  if (!isOf(wanted, asked)) setWanted(createData(client, asked));
  const state = useSyncExternalStore(wanted.loader.subscribe, wanted.loader.state, wanted.loader.state);
  const [shown, setShown] = useState<ChartData | null>(null);
  if (state.phase === "ready" && shown !== wanted) setShown(wanted);

  useEffect(() => follow(wanted, regularOf, bars, clock), [wanted, regularOf, bars, clock]);
  useEffect(() => {
    if (opened > 0) wanted.loader.catchUp(clock.now());
  }, [opened, wanted, clock]);

  return { shown: shown?.symbol === symbol ? shown : null, wanted, state };
}
