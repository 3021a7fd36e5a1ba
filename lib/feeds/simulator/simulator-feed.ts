import { setTimeout as sleep } from "node:timers/promises";
import type { Ticker } from "../../contracts/tickers.ts";
import type { GivenBar } from "../../contracts/ticks.ts";
import { tradedWindows } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { HOUR, MINUTE, SECOND } from "../../domain/interval.ts";
import { calendarOfMarket } from "../../domain/market/activity.ts";
import { Market, type Listing, type MarketOptions } from "../../domain/market/market.ts";
import type {
  Feed,
  FeedCapabilities,
  FeedEvent,
  FeedTick,
  HistoryRequest,
  SourceListing,
  StreamOptions,
  TradesRequest,
} from "../feed.ts";
import { steadyNow } from "../source/source-clock.ts";
import { HaltWatch } from "./halt-watch.ts";
import { listingOf, listings } from "./listings.ts";
import { marketBar } from "./market-history.ts";
import { MarketStream, tradeTick } from "./market-stream.ts";

/** Milliseconds between looks at the clock; the longest stretch of event time in one batch; how often a proof is given. */
const BEAT = 5;
const STRETCH = SECOND / 20;
const PROOF_EVERY = SECOND / 4;
const BARS_AT_ONCE = 100;
/** A batch of history may hold the event loop for so many milliseconds. */
const TURN = 10;

const CAPABILITIES: FeedCapabilities = {
  live: true,
  history: ["1m", "5m", "1h", "1d"],
  gapFill: HOUR,
  symbolSearch: true,
  calendar: "utc",
  delay: 0,
  silence: 15 * SECOND,
  symbolsPerChannel: 2_000,
};

/** The simulated market as a source: live and historic ticks are the same function of seed and time. `now` in microseconds. */
export function simulatorFeed(options: MarketOptions, now: () => number = () => Date.now() * 1000): Feed {
  const market = new Market(options);
  return {
    source: "simulator",
    exchange: "SIM",
    capabilities: { ...CAPABILITIES, calendar: calendarOfMarket(options.sessions) },
    servers: [],
    stream: (request) => stream(market, request, now),
    history: (request) => history(market, request),
    // Nothing of the future: a request may reach a little beyond now.
    trades: (request) => gap(market, { ...request, to: Math.min(request.to, now()) }),
    search: (words) => Promise.resolve(search(words)),
  };
}

const named = ({ symbol, sourceSymbol }: Ticker): { symbol: string; listing: Listing } => ({
  symbol,
  listing: listingOf(sourceSymbol),
});

async function* stream(
  market: Market,
  { symbols, signal }: Pick<StreamOptions, "symbols" | "signal">,
  now: () => number,
): AsyncGenerator<FeedEvent> {
  let position = now();
  let proved = position;
  const source = new MarketStream(market, symbols.map(named), position);
  const halts = new HaltWatch(market, symbols.map(named), position);
  yield { type: "connected", time: position };
  for (const status of halts.first()) yield { type: "status", receivedTime: position, status };
  yield { type: "clock", offset: now() - steadyNow() };
  while (!signal.aborted) {
    const until = Math.min(now(), position + STRETCH);
    for (const status of halts.before(until)) yield { type: "status", receivedTime: now(), status };
    const ticks = source.before(until);
    position = until;
    if (ticks.length > 0) yield { type: "ticks", receivedTime: now(), ticks };
    if (position - proved >= PROOF_EVERY) {
      proved = position;
      yield { type: "proof", time: position - 1 };
    }
    if (now() - position < STRETCH) await sleep(BEAT, undefined, { signal }).catch(() => {});
  }
}

async function* history(
  market: Market,
  { ticker, interval, from, to, signal }: HistoryRequest,
): AsyncGenerator<Omit<GivenBar, "channel" | "type">[]> {
  const listing = listingOf(ticker.sourceSymbol);
  const calendar = calendarOf(ticker.calendar);
  let batch: Omit<GivenBar, "channel" | "type">[] = [];
  let turn = performance.now();
  for (const { start, end } of tradedWindows(calendar, interval, from, to)) {
    if (end > to || signal.aborted) break;
    const bar = marketBar(market, listing, interval, start, calendar);
    if (bar !== null) batch.push({ symbol: ticker.symbol, interval, ...bar });
    if (batch.length >= BARS_AT_ONCE) {
      yield batch;
      batch = [];
    }
    if (performance.now() - turn > TURN) {
      await sleep(TURN);
      turn = performance.now();
    }
  }
  if (batch.length > 0) yield batch;
}

async function* gap(market: Market, { ticker, afterId, from, to, signal }: TradesRequest): AsyncGenerator<FeedTick[]> {
  const listing = listingOf(ticker.sourceSymbol);
  for (let minute = Math.floor(from / MINUTE) * MINUTE; minute < to && !signal.aborted; minute += MINUTE) {
    const ticks: FeedTick[] = [];
    for (const trade of market.trades(listing, minute)) {
      if (trade.time >= from && trade.time < to && trade.id > (afterId ?? -1))
        ticks.push(tradeTick(ticker.symbol, trade, market.idSpace));
    }
    if (ticks.length > 0) yield ticks;
    await sleep(0);
  }
}

function search(words: string): SourceListing[] {
  const wanted = words.trim().toLowerCase();
  const hits = listings().filter(
    ({ ticker, name }) => ticker.toLowerCase().startsWith(wanted) || name.toLowerCase().startsWith(wanted),
  );
  return hits
    .toSorted((a, b) => Number(b.ticker.toLowerCase() === wanted) - Number(a.ticker.toLowerCase() === wanted))
    .slice(0, 20)
    .map(({ ticker, name }) => ({ sourceSymbol: ticker, ticker, name, currency: "USD", tickSize: 0.01 }));
}
