import type { GivenBar } from "../../contracts/ticks.ts";
import { type Calendar, type Segment, windowOf } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { INTERVAL_LENGTH, MINUTE, type Interval } from "../../domain/interval.ts";
import { MEAN_SIZE, type Listing, type Market } from "../../domain/market/market.ts";

export type HistoryBar = Pick<GivenBar, "start" | "open" | "high" | "low" | "close" | "volume" | "vwap" | "trades">;

/**
 * Windows up to this long are computed from every trade. Of longer ones open, close and the number of trades are right, high and low
 * are those of a dozen or two samples, and volume is the number of trades times their mean size.
 */
const EXACT = INTERVAL_LENGTH["5m"];
const SAMPLES: Readonly<Partial<Record<Interval, number>>> = { "1h": 12, "1d": 24 };

/** The bar of the window in which `time` lies, null where nothing was traded. Up to 5m it is exactly what its trades give. */
export function marketBar(
  market: Market,
  listing: Listing,
  interval: Interval,
  time: number,
  calendar: Calendar = calendarOf("utc"),
): HistoryBar | null {
  const window = windowOf(calendar, interval, time);
  return INTERVAL_LENGTH[interval] <= EXACT
    ? exactBar(market, listing, window)
    : sampledBar(market, listing, window, SAMPLES[interval] ?? 1);
}

function exactBar(market: Market, listing: Listing, { start, end }: Segment): HistoryBar | null {
  let bar: HistoryBar | null = null;
  let notional = 0;
  for (let minute = start; minute < end; minute += MINUTE) {
    for (const { price, size } of market.trades(listing, minute)) {
      bar ??= { start, open: price, high: price, low: price, close: price, volume: 0, trades: 0 };
      bar.high = Math.max(bar.high, price);
      bar.low = Math.min(bar.low, price);
      bar.close = price;
      bar.volume += size;
      bar.trades = (bar.trades ?? 0) + 1;
      notional += price * size;
    }
  }
  if (bar !== null && bar.volume > 0) bar.vwap = notional / bar.volume;
  return bar;
}

function sampledBar(market: Market, listing: Listing, { start, end }: Segment, samples: number): HistoryBar | null {
  const trades = market.tradesBefore(listing, end) - market.tradesBefore(listing, start);
  if (trades <= 0) return null;
  const open = market.priceAt(listing, start);
  let high = open;
  let low = open;
  let sum = 0;
  let close = open;
  for (let nth = 1; nth <= samples; nth++) {
    close = market.priceAt(listing, Math.min(start + (nth * (end - start)) / samples, end - 1));
    high = Math.max(high, close);
    low = Math.min(low, close);
    sum += close;
  }
  return { start, open, high, low, close, volume: trades * MEAN_SIZE, vwap: sum / samples, trades };
}
