import type { BackfillInterval } from "../../contracts/sources.ts";
import type { GivenBar } from "../../contracts/ticks.ts";
import { INTERVAL_LENGTH, type Micros } from "../../domain/interval.ts";
import { isSymbol } from "../../domain/symbol.ts";
import type { FeedTick, HistoryRequest, SourceListing, TradesRequest } from "../feed.ts";
import { amountOf, fieldsOf, flagOf, listOf, priceOf, textOf, wholeOf } from "../fields.ts";
import type { RestClient } from "../source/rest-client.ts";

const MAX_BARS = 1_000;
const MAX_TRADES = 1_000;
/** What requests cost of the 6,000 a minute. */
export const WEIGHT = { klines: 2, aggTrades: 4, historicalTrades: 25, exchangeInfo: 20, time: 1 };

/** Candles in which nothing was traded are left out. */
export async function* binanceBars(
  client: RestClient,
  { ticker, interval, from, to, signal }: HistoryRequest,
): AsyncGenerator<Omit<GivenBar, "channel" | "type">[]> {
  const length = INTERVAL_LENGTH[interval];
  let start = Math.ceil(from / length) * length;
  while (start + length <= to && !signal.aborted) {
    const query = {
      symbol: ticker.sourceSymbol.toUpperCase(),
      interval,
      startTime: start / 1_000,
      endTime: to / 1_000 - 1,
      limit: MAX_BARS,
    };
    const candles = await client.get({ path: "/api/v3/klines", query, weight: WEIGHT.klines, signal }, (answer) =>
      listOf(answer, "the answer").map((row) => candle(row, ticker.symbol, interval)),
    );
    const bars = candles.filter((bar) => bar.trades > 0 && bar.start >= start && bar.start + length <= to);
    if (bars.length > 0) yield bars;
    const last = candles.at(-1);
    if (last === undefined || candles.length < MAX_BARS || last.start < start) return;
    start = last.start + length;
  }
}

/** `[openTime, open, high, low, close, volume, closeTime, quoteVolume, trades, …]`, times in ms. BAD_INPUT. */
function candle(row: unknown, symbol: string, interval: BackfillInterval) {
  const [start, open, high, low, close, volume, , quoteVolume, trades] = listOf(row, "a candle");
  const bar = {
    symbol,
    interval,
    start: wholeOf(start, "its time") * 1_000,
    open: priceOf(open, "open"),
    high: priceOf(high, "high"),
    low: priceOf(low, "low"),
    close: priceOf(close, "close"),
    volume: amountOf(volume, "volume"),
    trades: wholeOf(trades, "trades"),
  };
  const turnover = amountOf(quoteVolume, "quote volume");
  return bar.volume > 0 && turnover > 0 ? { ...bar, vwap: turnover / bar.volume } : bar;
}

/** Trades by id, a thousand at a time. */
export async function* binanceTrades(
  client: RestClient,
  { ticker, afterId, from, to, signal }: TradesRequest,
): AsyncGenerator<FeedTick[]> {
  const pair = ticker.sourceSymbol.toUpperCase();
  let next = afterId === null ? await firstTradeFrom(client, pair, from, signal) : afterId + 1;
  while (next !== null && !signal.aborted) {
    const query = { symbol: pair, fromId: next, limit: MAX_TRADES };
    const request = { path: "/api/v3/historicalTrades", query, weight: WEIGHT.historicalTrades, signal };
    const all = await client.get(request, (answer) =>
      listOf(answer, "the answer").map((row) => pastTrade(row, ticker.symbol)),
    );
    const first = next;
    const ticks = all.filter(({ id, time }) => id >= first && time < to && (afterId !== null || time >= from));
    if (ticks.length > 0) yield ticks;
    const last = all.at(-1);
    if (last === undefined || all.length < MAX_TRADES || last.time >= to || last.id < next) return;
    next = last.id + 1;
  }
}

/** The id of the first trade at or after a time; null when there is none yet. */
async function firstTradeFrom(
  client: RestClient,
  pair: string,
  from: Micros,
  signal: AbortSignal,
): Promise<number | null> {
  const query = { symbol: pair, startTime: Math.floor(from / 1_000), limit: 1 };
  return client.get({ path: "/api/v3/aggTrades", query, weight: WEIGHT.aggTrades, signal }, (answer) => {
    const [first] = listOf(answer, "the answer");
    return first === undefined ? null : wholeOf(fieldsOf(first, "a trade").f, "f");
  });
}

function pastTrade(row: unknown, symbol: string) {
  const trade = fieldsOf(row, "a trade");
  return {
    type: "trade" as const,
    symbol,
    time: wholeOf(trade.time, "time") * 1_000,
    price: priceOf(trade.price, "price"),
    size: amountOf(trade.qty, "qty"),
    id: wholeOf(trade.id, "id"),
    side: flagOf(trade.isBuyerMaker, "isBuyerMaker") ? ("sell" as const) : ("buy" as const),
  };
}

/** Every pair that is traded and has a name that we can write. */
export async function binanceListings(client: RestClient, signal: AbortSignal): Promise<SourceListing[]> {
  const query = { symbolStatus: "TRADING", showPermissionSets: "false" };
  return client.get({ path: "/api/v3/exchangeInfo", query, weight: WEIGHT.exchangeInfo, signal }, (answer) =>
    listOf(fieldsOf(answer, "the answer").symbols, "symbols").flatMap(listing),
  );
}

function listing(row: unknown): SourceListing[] {
  const pair = fieldsOf(row, "a pair");
  const ticker = textOf(pair.symbol, "symbol");
  if (pair.status !== "TRADING" || !isSymbol(`BINANCE:${ticker}`)) return [];
  const currency = textOf(pair.quoteAsset, "quoteAsset");
  const name = `${textOf(pair.baseAsset, "baseAsset")} / ${currency}`;
  return [{ sourceSymbol: ticker.toLowerCase(), ticker, name, currency, tickSize: tickSizeOf(pair.filters) }];
}

function tickSizeOf(filters: unknown): number {
  const all = listOf(filters, "filters").map((filter) => fieldsOf(filter, "a filter"));
  return priceOf(all.find(({ filterType }) => filterType === "PRICE_FILTER")?.tickSize, "tickSize");
}

/** Binance's clock, at the latest when the answer arrives. */
export async function binanceTime(client: RestClient, signal: AbortSignal): Promise<Micros> {
  return client.get(
    { path: "/api/v3/time", weight: WEIGHT.time, signal },
    (answer) => wholeOf(fieldsOf(answer, "the answer").serverTime, "serverTime") * 1_000,
  );
}
