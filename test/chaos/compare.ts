import { isPriced } from "#lib/contracts/bars.ts";
import { readConfig } from "#lib/config/config.ts";
import type { StoredBar } from "#lib/contracts/stores.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { Market } from "#lib/domain/market/market.ts";
import { marketOptions } from "#lib/feeds/simulator/market-options.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { listingOf } from "#lib/feeds/simulator/listings.ts";
import { marketBar, type HistoryBar } from "#lib/feeds/simulator/market-history.ts";

export interface Comparison {
  /** Minutes of symbols that are as they should be. */
  equal: number;
  /** The others, in words. */
  wrong: string[];
}

/**
 * Compares every stored minute that begins in [from, to) with what the simulated market, a function of time, must give. A minute that
 * is not there, not final or not complete is wrong too. Microseconds.
 */
export async function compareMinutes(
  environment: Readonly<Record<string, string>>,
  from: number,
  to: number,
): Promise<Comparison> {
  const config = readConfig(environment);
  const market = new Market(marketOptions(config));
  const elasticsearch = createElasticsearch(config);
  const result: Comparison = { equal: 0, wrong: [] };
  try {
    for (const { ticker } of await elasticsearch.tickers.list()) {
      for (let start = Math.ceil(from / MINUTE) * MINUTE; start < to; start += MINUTE) {
        const expected = marketBar(market, listingOf(ticker.sourceSymbol), "1m", start);
        const stored = (await elasticsearch.bars.get(ticker.symbol, "1m", start))?.document ?? null;
        const difference = differenceOf(stored && isPriced(stored) ? stored : null, expected);
        if (difference === null) result.equal += 1;
        else result.wrong.push(`${ticker.symbol} ${new Date(start / 1000).toISOString()}: ${difference}`);
      }
    }
  } finally {
    await elasticsearch.close();
  }
  return result;
}

type Stored = Pick<StoredBar, "open" | "high" | "low" | "close" | "volume" | "trades"> & {
  final: boolean;
  complete: boolean;
};

function differenceOf(stored: Stored | null, expected: HistoryBar | null): string | null {
  if (!stored || !expected) return stored === expected ? null : stored ? "nothing was traded" : "not stored";
  if (!stored.final || !stored.complete) return stored.final ? "not complete" : "not final";
  const fields = ["open", "high", "low", "close", "volume", "trades"] as const;
  const wrong = fields.filter((field) => stored[field] !== expected[field]);
  if (wrong.length === 0) return null;
  return wrong.map((field) => `${field} ${stored[field]} instead of ${expected[field]}`).join(", ");
}
