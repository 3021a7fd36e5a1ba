import { type Calendar, windowOf } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { INTERVALS, type Interval } from "#lib/domain/interval.ts";

/**
 * Bars by the plainest computation over all trades at once, sharing nothing with the engine but the calendar:
 * what streaming results are compared with.
 */
export interface BatchTrade {
  symbol: string;
  time: number;
  price: number;
  size: number;
  id: number;
  side?: "buy" | "sell" | undefined;
}

export interface BatchBar {
  symbol: string;
  interval: Interval;
  start: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  vwap: number | null;
  trades: number;
  buyVolume: number;
}

/** One bar for each symbol, interval and window that has a trade, by `symbol|interval|start`. A repeated id counts once. */
export function batchBars(trades: Iterable<BatchTrade>, calendar: Calendar = calendarOf("utc")): Map<string, BatchBar> {
  const windows = new Map<string, BatchTrade[]>();
  const seen = new Set<string>();
  for (const trade of trades) {
    const identity = `${trade.symbol}|${trade.id}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    for (const interval of INTERVALS) {
      const key = `${trade.symbol}|${interval}|${windowOf(calendar, interval, trade.time).start}`;
      const members = windows.get(key);
      if (members) members.push(trade);
      else windows.set(key, [trade]);
    }
  }
  return new Map([...windows].map(([key, members]) => [key, summarise(key, members)]));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function summarise(key: string, members: readonly BatchTrade[]): BatchBar {
  const [symbol = "", interval = "", start = ""] = key.split("|");
  const ordered = members.toSorted((a, b) => a.time - b.time || a.id - b.id);
  const prices = ordered.map(({ price }) => price);
  const volume = sum(ordered.map(({ size }) => size));
  return {
    symbol,
    interval: interval as Interval,
    start: Number(start),
    open: prices[0] ?? Number.NaN,
    high: prices.reduce((a, b) => Math.max(a, b)),
    low: prices.reduce((a, b) => Math.min(a, b)),
    close: prices.at(-1) ?? Number.NaN,
    volume,
    vwap: volume === 0 ? null : sum(ordered.map(({ price, size }) => price * size)) / volume,
    trades: ordered.length,
    buyVolume: sum(ordered.filter(({ side }) => side === "buy").map(({ size }) => size)),
  };
}
