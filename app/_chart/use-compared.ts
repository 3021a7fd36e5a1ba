"use client";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { INTERVAL_LENGTH } from "#lib/domain/interval.ts";
import type { BarView } from "#lib/contracts/views.ts";
import { useConnection } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import { useTRPCClient } from "../_live/trpc.tsx";
import { alignedCloses, asPrices, firstClose } from "./_prepare/compared-values.ts";
import { comparedStyles, type LineStyle } from "./_prepare/line-styles.ts";
import { type ChartData, createData, follow, isOf } from "./use-chart-data.ts";
import type { Visible } from "./use-series.ts";

/** Another symbol over the bars of the chart. */
export interface ComparedLine {
  symbol: string;
  data: ChartData;
  style: LineStyle;
  /** Its close at the first bar in sight that both have; null while there is none. */
  since: number | null;
  /** In prices of the chart's symbol, after each bar in sight; null where it has no bar. */
  values: readonly (number | null)[];
}

/** The bars of the compared symbols, of the chart's interval and sessions, adjusted as it is. Those of a symbol stay when another comes or goes. */
export function useComparedData(
  symbols: readonly string[],
  { interval, regular, adjust }: ChartData,
): readonly ChartData[] {
  const client = useTRPCClient();
  const { bars, clock } = useLive();
  const { opened } = useConnection();
  const [compared, setCompared] = useState<readonly ChartData[]>([]);
  const wanted = symbols.map((symbol) => ({ symbol, interval, regular, adjust }));
  const isCurrent =
    compared.length === wanted.length && compared.every((data, place) => wanted[place] && isOf(data, wanted[place]));
  if (!isCurrent) {
    setCompared(wanted.map((each) => compared.find((data) => isOf(data, each)) ?? createData(client, each)));
  }
  useEffect(() => {
    const ends = compared.map((data) => follow(data, null, bars, clock));
    return () => {
      for (const end of ends) end();
    };
  }, [compared, bars, clock]);
  useEffect(() => {
    if (opened > 1) for (const { loader } of compared) loader.catchUp(clock.now());
  }, [opened, compared, clock]);
  return compared;
}

/** Changes whenever closed bars of any of them do, or more can be read. */
function useVersion(compared: readonly ChartData[]): number {
  const version = useRef(0);
  const subscribe = useCallback(
    (listener: () => void) => {
      const tell = (): void => {
        version.current += 1;
        listener();
      };
      const ends = compared.flatMap(({ series, loader }) => [series.onClosed(tell), loader.subscribe(tell)]);
      return () => {
        for (const end of ends) end();
      };
    },
    [compared],
  );
  const read = (): number => version.current;
  return useSyncExternalStore(subscribe, read, read);
}

const allBars = ({ series }: ChartData): readonly BarView[] => {
  const forming = series.forming();
  return forming ? [...series.closed(), forming] : series.closed();
};

/** The compared symbols over the bars in sight, `base` being the close that stands for 0 %; older bars are read as they come in sight. */
export function useComparedLines(
  compared: readonly ChartData[],
  visible: Visible,
  left: number,
  base: number,
): ComparedLine[] {
  const version = useVersion(compared);
  const skipped = Math.max(0, Math.ceil(left) - visible.first);
  const oldest = visible.bars[0]?.start;
  useEffect(() => {
    if (oldest === undefined) return;
    for (const { series, loader } of compared) {
      const { phase, older } = loader.state();
      const first = series.at(series.first)?.start;
      if (phase === "ready" && older.state === "idle" && first !== undefined && first > oldest) loader.loadOlder();
    }
  }, [compared, oldest, version]);
  return useMemo(() => {
    const styles = comparedStyles(compared.length);
    return compared.flatMap((data, place): ComparedLine[] => {
      const style = styles[place];
      if (!style) return [];
      const closes = alignedCloses(visible.bars, allBars(data), INTERVAL_LENGTH[data.interval]);
      const since = firstClose(closes.slice(skipped));
      const values = since === null ? closes.map(() => null) : asPrices(closes, since, base);
      return [{ symbol: data.symbol, data, style, since, values }];
    });
    // `version` stands for the series, which live outside React.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [compared, visible, skipped, base, version]);
}
