import type { WatchedBar } from "../contracts/stores.ts";
import { INTERVAL_LENGTH, type Interval } from "../domain/interval.ts";
import { rankOf } from "./closes.ts";
import type { Columns } from "./scan.ts";

export const WATCHED_COLUMNS = "start end session given high low close volume trades final complete".split(" ");

/** Bars of one symbol by start, one a window: the built one where it is complete, else the one that the source gave, else the built one. */
export function watchedBars(rows: readonly Columns[], interval: Interval): WatchedBar[] {
  const bars: WatchedBar[] = [];
  let rank = 0;
  for (const row of rows) {
    const isGiven = row["given"]?.[0] === true;
    const next = rankOf({ given: isGiven, complete: row["complete"]?.[0] === true });
    const bar = watchedBar(row, interval, isGiven);
    const isSame = bars.at(-1)?.start === bar.start;
    if (isSame && next <= rank) continue;
    if (isSame) bars.pop();
    bars.push(bar);
    rank = next;
  }
  return bars;
}

/** A given bar is closed, counts as a regular one, and is as long as its interval. */
function watchedBar(row: Columns, interval: Interval, isGiven: boolean): WatchedBar {
  const number = (column: string): number => Number(row[column]?.[0] ?? 0);
  const start = number("start");
  return {
    start,
    end: isGiven ? start + INTERVAL_LENGTH[interval] : number("end"),
    session: isGiven ? "regular" : String(row["session"]?.[0] ?? "regular"),
    high: number("high"),
    low: number("low"),
    close: number("close"),
    volume: number("volume"),
    trades: number("trades"),
    final: isGiven || row["final"]?.[0] === true,
  };
}
