import type { Config } from "../../config/config.ts";
import { HOUR, SECOND } from "../../domain/interval.ts";
import type { Feed, FeedCapabilities } from "../feed.ts";
import { Listings } from "../source/listings.ts";
import type { Server } from "../source/reach.ts";
import { RestClient } from "../source/rest-client.ts";
import { coinbaseBars, coinbaseListings, coinbaseTrades } from "./coinbase-rest.ts";
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

/** Coinbase Exchange, without a key. */
export function coinbaseFeed(config: Pick<Config, "COINBASE_WEBSOCKET" | "COINBASE_REST">): Feed {
  const name = "Coinbase";
  const server: Server = { name, url: config.COINBASE_WEBSOCKET, elsewhere: ELSEWHERE };
  const client = new RestClient({ name, url: config.COINBASE_REST, elsewhere: ELSEWHERE }, RATE);
  const listings = new Listings((signal) => coinbaseListings(client, signal));
  return {
    source: "coinbase",
    exchange: "COINBASE",
    capabilities: CAPABILITIES,
    usage: () => client.usage(),
    stream: (request) => coinbaseStream({ ...request, server, silence: CAPABILITIES.silence }),
    history: (request) => coinbaseBars(client, request),
    trades: (request) => coinbaseTrades(client, request),
    search: (words, signal) => listings.search(words, signal),
  };
}
