import type { Config } from "../config/config.ts";
import type { Source } from "../contracts/tickers.ts";
import { binanceFeed } from "./binance/binance-feed.ts";
import { coinbaseFeed } from "./coinbase/coinbase-feed.ts";
import type { Feed } from "./feed.ts";
import { marketOptions } from "./simulator/market-options.ts";
import { simulatorFeed } from "./simulator/simulator-feed.ts";

/** The feeds of the sources that the configuration names. */
export function createFeeds(config: Config): Map<Source, Feed> {
  const wanted = new Set(config.TAPEDECK_SOURCES.split(","));
  const feeds: Feed[] = [simulatorFeed(marketOptions(config)), coinbaseFeed(config), binanceFeed(config)];
  return new Map(feeds.filter(({ source }) => wanted.has(source)).map((feed) => [feed.source, feed]));
}
