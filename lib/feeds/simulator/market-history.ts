import type { GivenBar } from "../../contracts/ticks.ts";
import { DAY, INTERVAL_LENGTH, MINUTE, type Interval } from "../../domain/interval.ts";
import { MEAN_SIZE, type Listing, type Market } from "../../domain/market/market.ts";

export type HistoryBar = Pick<GivenBar, "start" | "open" | "high" | "low" | "close" | "volume" | "vwap" | "trades">;

/**
 * Windows up to this long are computed from every trade. Of longer ones open, close and the number of trades are right, high and low
 * are those of a dozen or two samples, and volume is the number of trades times their mean size.
 */
const EXACT = INTERVAL_LENGTH["5m"];
const SAMPLES: Readonly<Partial<Record<Interval, number>>> = { "1h": 12, "1d": 24 };

/** The bar of a window, null where nothing was traded. Up to 5m it is exactly what its trades give. */
export function marketBar(market: Market, listing: Listing, interval: Interval, start: number): HistoryBar | null {
  const length = INTERVAL_LENGTH[interval];
  return length <= EXACT ? exactBar(market, listing, start, length) : sampledBar(market, listing, interval, start);
}

function exactBar(market: Market, listing: Listing, start: number, length: number): HistoryBar | null {
  let bar: HistoryBar | null = null;
  let notional = 0;
  for (let minute = start; minute < start + length; minute += MINUTE) {
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

function sampledBar(market: Market, listing: Listing, interval: Interval, start: number): HistoryBar | null {
  const length = INTERVAL_LENGTH[interval];
  const from = market.sample(listing, start);
  const trades =
    (start + length) % DAY === 0
      ? market.dailyTrades(listing, Math.floor(start / DAY)) - from.trades
      : market.sample(listing, start + length).trades - from.trades;
  if (trades <= 0) return null;
  let { price: high } = from;
  let low = high;
  let sum = 0;
  let close = high;
  const samples = SAMPLES[interval] ?? 1;
  for (let nth = 1; nth <= samples; nth++) {
    close = market.sample(listing, Math.min(start + (nth * length) / samples, start + length - 1)).price;
    high = Math.max(high, close);
    low = Math.min(low, close);
    sum += close;
  }
  return { start, open: from.price, high, low, close, volume: trades * MEAN_SIZE, vwap: sum / samples, trades };
}
