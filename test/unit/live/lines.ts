import type { BarLine } from "#lib/contracts/bars.ts";
import type { LatestLine, Print } from "#lib/contracts/latest.ts";
import { DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";

/** A trading day of the fixtures. */
export const TODAY = 20_000 * DAY;

export function latestLine(offset: number, over: Partial<LatestLine> = {}): LatestLine {
  return {
    symbol: "SIM:AAPL",
    channel: "simulator-0",
    time: TODAY + offset * SECOND,
    receivedTime: TODAY + offset * SECOND,
    price: 100 + offset,
    size: 10,
    side: "buy",
    tradeTime: TODAY + offset * SECOND,
    bid: 99,
    bidSize: 1,
    ask: 101,
    askSize: 2,
    dayStart: TODAY,
    dayOpen: 100,
    dayHigh: 110,
    dayLow: 90,
    dayVolume: 1_000,
    dayVwap: 101,
    dayTrades: 42,
    watermark: TODAY,
    epoch: 1,
    offset,
    line: 0,
    ...over,
  };
}

export function barLine(offset: number, over: Partial<BarLine> = {}): BarLine {
  return {
    symbol: "SIM:AAPL",
    interval: "1m",
    start: TODAY,
    end: TODAY + MINUTE,
    session: "regular",
    open: 100,
    high: 110,
    low: 90,
    close: 100 + offset,
    volume: 10,
    vwap: 100,
    trades: 3,
    buyVolume: 5,
    bid: null,
    ask: null,
    spreadMin: null,
    spreadMax: null,
    final: false,
    complete: true,
    revision: 0,
    lineage: {
      channel: "simulator-0",
      partition: 0,
      firstOffset: 0,
      firstLine: 0,
      lastOffset: offset,
      lastLine: 0,
      firstTime: TODAY,
      lastTime: TODAY,
    },
    firing: "early",
    epoch: 1,
    offset,
    line: 0,
    ...over,
  };
}

export function print(id: number): Print {
  return { id, time: TODAY + id, price: 100, size: 1, side: null };
}
