import type { Config } from "../../config/config.ts";
import { HOUR, SECOND } from "../../domain/interval.ts";
import type { Feed, FeedCapabilities } from "../feed.ts";
import { Listings } from "../source/listings.ts";
import { addressOf, serverAt, serversAt } from "../source/reach.ts";
import { RestClient } from "../source/rest-client.ts";
import type { AskStatuses } from "../source/status-watch.ts";
import { coinbaseBars, coinbaseListings, coinbaseStatuses, coinbaseTrades } from "./coinbase-rest.ts";
import { coinbaseStream } from "./coinbase-stream.ts";

const CAPABILITIES: FeedCapabilities = {
  live: true,
  history: ["1m", "5m", "1h", "1d"],
  gapFill: 6 * HOUR,
  symbolSearch: true,
  calendar: "utc",
  delay: 0,
  silence: 15 * SECOND,
  symbolsPerChannel: 100,
};

const ELSEWHERE = "Other servers can be set by COINBASE_WEBSOCKET and COINBASE_REST.";
/** Coinbase allows one address 8 a second. */
const RATE = { perSecond: 6, burst: 2, allowed: 8 * 60 };

/** https://docs.cdp.coinbase.com/exchange/rest-api/rate-limits */
const LIMITS = new Map([[429, 10_000]]);

/** Coinbase Exchange, without a key. */
export function coinbaseFeed(config: Pick<Config, "COINBASE_WEBSOCKET" | "COINBASE_REST">): Feed {
  const name = "Coinbase";
  const source = { name, elsewhere: ELSEWHERE, limits: LIMITS };
  const servers = serversAt(config.COINBASE_WEBSOCKET, source);
  const client = new RestClient(serversAt(config.COINBASE_REST, source), RATE);
  const listings = new Listings((signal) => coinbaseListings(client, signal));
  const askStatuses: AskStatuses = (signal) => coinbaseStatuses(client, signal);
  return {
    source: "coinbase",
    exchange: "COINBASE",
    capabilities: CAPABILITIES,
    servers: config.COINBASE_WEBSOCKET.map(addressOf),
    usage: () => client.usage(),
    stream: (request) => {
      const server = serverAt(servers, request.server);
      return coinbaseStream({ ...request, server, silence: CAPABILITIES.silence, askStatuses });
    },
    history: (request) => coinbaseBars(client, request),
    trades: (request) => coinbaseTrades(client, request),
    search: (words, signal) => listings.search(words, signal),
  };
}
