import type { BackfillInterval } from "../../contracts/sources.ts";
import type { GivenBar } from "../../contracts/ticks.ts";
import { INTERVAL_LENGTH, SECOND, type Micros } from "../../domain/interval.ts";
import { isSymbol } from "../../domain/symbol.ts";
import type { FeedTick, HistoryRequest, SourceListing, TradesRequest } from "../feed.ts";
import { amountOf, fieldsOf, listOf, priceOf, textOf, wholeOf, type Fields } from "../fields.ts";
import { isoMicros } from "../micros.ts";
import type { RestClient } from "../source/rest-client.ts";
import { reasonOf, type SourceStatus } from "../source/status-watch.ts";
import { takerSide } from "./parse-frame.ts";

const MAX_BARS = 300;
const MAX_TRADES = 1_000;

const iso = (time: Micros): string => new Date(time / 1_000).toISOString();
const productPath = (product: string): string => `/products/${encodeURIComponent(product)}`;

export async function* coinbaseBars(
  client: RestClient,
  { ticker, interval, from, to, signal }: HistoryRequest,
): AsyncGenerator<Omit<GivenBar, "channel" | "type">[]> {
  const length = INTERVAL_LENGTH[interval];
  const path = `${productPath(ticker.sourceSymbol)}/candles`;
  const first = Math.ceil(from / length) * length;
  for (let start = first; start + length <= to && !signal.aborted; start += MAX_BARS * length) {
    const end = Math.min(start + MAX_BARS * length, Math.floor(to / length) * length);
    // Both ends count as candles of their own.
    const query = { granularity: length / SECOND, start: iso(start), end: iso(end - length) };
    const candles = await client.get({ path, query, signal }, (answer) =>
      listOf(answer, "the answer").map((row) => candle(row, ticker.symbol, interval)),
    );
    const bars = candles.filter((bar) => bar.start >= start && bar.start < end).toSorted((a, b) => a.start - b.start);
    if (bars.length > 0) yield bars;
  }
}

/** `[time in s, low, high, open, close, volume]`. BAD_INPUT. */
function candle(row: unknown, symbol: string, interval: BackfillInterval) {
  const [start, low, high, open, close, volume] = listOf(row, "a candle");
  return {
    symbol,
    interval,
    start: wholeOf(start, "its time") * SECOND,
    open: priceOf(open, "open"),
    high: priceOf(high, "high"),
    low: priceOf(low, "low"),
    close: priceOf(close, "close"),
    volume: amountOf(volume, "volume"),
  };
}

/** Trades by id, a thousand at a time. */
export async function* coinbaseTrades(client: RestClient, request: TradesRequest): AsyncGenerator<FeedTick[]> {
  const { afterId, from, to, signal } = request;
  const [newest] = await tradesBelow(client, request, null, 1);
  if (newest === undefined) return;
  let last = afterId ?? (await lastTradeBefore(client, request, newest));
  for (; last < newest.id && !signal.aborted; last += MAX_TRADES) {
    const before = last;
    const page = await tradesBelow(client, request, before + MAX_TRADES + 1, MAX_TRADES);
    const following = page.filter(({ id }) => id > before);
    const ticks = following.filter(({ time }) => time < to && (afterId !== null || time >= from));
    if (ticks.length > 0) yield ticks;
    if ((following.at(-1)?.time ?? 0) >= to) return;
  }
}

/** The id of a trade before `from`, by halving: ids rise by 1 and times with them. */
async function lastTradeBefore(
  client: RestClient,
  request: TradesRequest,
  newest: { id: number; time: Micros },
): Promise<number> {
  if (newest.time < request.from) return newest.id;
  let step = MAX_TRADES;
  let low = newest.id;
  let high = newest.id;
  // Doubling back until a trade before `from` is found, or the first of all.
  for (; low > 0; step *= 2) {
    high = low;
    low = Math.max(0, low - step);
    const [trade] = low === 0 ? [] : await tradesBelow(client, request, low + 1, 1);
    if (trade === undefined || trade.time < request.from) break;
  }
  // Trades to fetch in vain are cheaper than requests to find the very first.
  while (high - low > MAX_TRADES) {
    const middle = Math.floor((low + high) / 2);
    const [trade] = await tradesBelow(client, request, middle + 1, 1);
    if (trade !== undefined && trade.time >= request.from) high = middle;
    else low = middle;
  }
  return low;
}

/** The newest trades with ids below one, oldest first; the newest of all for null. */
async function tradesBelow(client: RestClient, { ticker, signal }: TradesRequest, id: number | null, limit: number) {
  const path = `${productPath(ticker.sourceSymbol)}/trades`;
  const query = id === null ? { limit } : { limit, after: id };
  return client.get({ path, query, signal }, (answer) =>
    listOf(answer, "the answer")
      .map((row) => pastTrade(row, ticker.symbol))
      .toSorted((a, b) => a.id - b.id),
  );
}

function pastTrade(row: unknown, symbol: string) {
  const trade = fieldsOf(row, "a trade");
  return {
    type: "trade" as const,
    symbol,
    time: isoMicros(textOf(trade.time, "time")),
    price: priceOf(trade.price, "price"),
    size: amountOf(trade.size, "size"),
    id: wholeOf(trade.trade_id, "trade_id"),
    side: takerSide(trade.side),
  };
}

/** Every product that is traded and has a name that we can write. */
export async function coinbaseListings(client: RestClient, signal: AbortSignal): Promise<SourceListing[]> {
  return client.get({ path: "/products", signal }, (answer) => listOf(answer, "the answer").flatMap(listing));
}

function listing(row: unknown): SourceListing[] {
  const product = fieldsOf(row, "a product");
  const ticker = textOf(product.id, "id");
  if (product.status !== "online" || product.trading_disabled === true || !isSymbol(`COINBASE:${ticker}`)) return [];
  const currency = textOf(product.quote_currency, "quote_currency");
  const name = `${textOf(product.base_currency, "base_currency")} / ${currency}`;
  const tickSize = priceOf(product.quote_increment, "quote_increment");
  return [{ sourceSymbol: ticker, ticker, name, currency, tickSize }];
}

/** What of a product's flags keeps orders from being matched, in the order in which it is named. Limit orders alone are matched. */
const UNMATCHED = [
  ["trading_disabled", "Trading disabled"],
  ["cancel_only", "Cancel only"],
  ["post_only", "Post only"],
  ["auction_mode", "Auction"],
] as const;

/** Which products are matched at present. */
export async function coinbaseStatuses(
  client: RestClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SourceStatus>> {
  return client.get({ path: "/products", signal }, (answer) => {
    const products = listOf(answer, "the answer").map((row) => fieldsOf(row, "a product"));
    return new Map(products.map((product) => [textOf(product.id, "id"), statusOf(product)]));
  });
}

function statusOf(product: Fields): SourceStatus {
  const flag = UNMATCHED.find(([name]) => product[name] === true);
  if (product.status === "online" && !flag) return { state: "trading", reason: null };
  const message = typeof product.status_message === "string" ? reasonOf(product.status_message) : null;
  return { state: "halted", reason: message ?? flag?.[1] ?? reasonOf(`Status ${String(product.status)}`) };
}
