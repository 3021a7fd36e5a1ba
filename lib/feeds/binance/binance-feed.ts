import type { Config } from "../../config/config.ts";
import { HOUR, SECOND } from "../../domain/interval.ts";
import type { Feed, FeedCapabilities } from "../feed.ts";
import { Listings } from "../source/listings.ts";
import { addressOf, serverAt, serversAt } from "../source/reach.ts";
import { RestClient } from "../source/rest-client.ts";
import { binanceBars, binanceListings, binanceTime, binanceTrades } from "./binance-rest.ts";
import { BinanceStatuses } from "./binance-statuses.ts";
import { binanceStream, type BinanceStreamOptions } from "./binance-stream.ts";

const CAPABILITIES: FeedCapabilities = {
  live: true,
  history: ["1m", "5m", "1h", "1d"],
  gapFill: 6 * HOUR,
  symbolSearch: true,
  calendar: "utc",
  delay: 0,
  silence: 15 * SECOND,
  // Two streams each, of the 1,024 that one connection carries.
  symbolsPerChannel: 400,
};

const ELSEWHERE =
  "From US addresses set BINANCE_WEBSOCKET=wss://stream.binance.us:9443 and BINANCE_REST=https://api.binance.us.";
/** Binance gives one address 6,000 a minute; other programs of this machine have a part of them. */
const RATE = { perSecond: 60, burst: 600, allowed: 6_000 };

/**
 * Too many requests; a ban for not heeding that, two minutes at least; and the web application firewall's ban of an address, most often for too many
 * requests within five minutes, and for as long. Whichever of its servers says so means all of them.
 * https://developers.binance.com/docs/binance-spot-api-docs/rest-api/http-return-codes, https://www.binance.com/en/support/faq/detail/360004492232
 */
const LIMITS = new Map([
  [429, 10_000],
  [418, 120_000],
  [403, 300_000],
]);

/** Binance's spot market, without a key. */
export function binanceFeed(config: Pick<Config, "BINANCE_WEBSOCKET" | "BINANCE_REST">): Feed {
  const name = "Binance";
  const source = { name, elsewhere: ELSEWHERE, limits: LIMITS };
  const servers = serversAt(config.BINANCE_WEBSOCKET, source, "/stream");
  const client = new RestClient(serversAt(config.BINANCE_REST, source), RATE);
  const listings = new Listings((signal) => binanceListings(client, signal));
  const serverTime = (signal: AbortSignal): Promise<number> => binanceTime(client, signal);
  const statuses = new BinanceStatuses(client);
  const askStatuses: BinanceStreamOptions["askStatuses"] = (pairs, signal) => statuses.ask(pairs, signal);
  return {
    source: "binance",
    exchange: "BINANCE",
    capabilities: CAPABILITIES,
    servers: config.BINANCE_WEBSOCKET.map(addressOf),
    usage: () => client.usage(),
    stream: (request) => {
      const server = serverAt(servers, request.server);
      return binanceStream({ ...request, server, serverTime, askStatuses, silence: CAPABILITIES.silence });
    },
    history: (request) => binanceBars(client, request),
    trades: (request) => binanceTrades(client, request),
    search: (words, signal) => listings.search(words, signal),
  };
}
