import { readConfig } from "#lib/config/config.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { Market } from "#lib/domain/market/market.ts";
import { marketOptions } from "#lib/feeds/simulator/market-options.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { listingOf } from "#lib/feeds/simulator/listings.ts";
import { marketBar } from "#lib/feeds/simulator/market-history.ts";
import { expect, test } from "./product.ts";

const SYMBOL = "SIM:AAPL";

test("a broker that dies leaves the page stale, its return makes it live again by itself, and nothing is lost", async ({
  page,
  product,
}) => {
  test.setTimeout(300_000);
  const config = readConfig(product.environment);
  const elasticsearch = createElasticsearch(config);
  try {
    await page.goto(`/symbols/${encodeURIComponent(SYMBOL)}?interval=1m`);
    const head = page.locator("div.head");
    await expect(head).toContainText("LIVE", { timeout: 30_000 });
    // The minute of the start lacks what was traded before it.
    const isComplete = async (): Promise<boolean> => {
      const minute = Math.floor((Date.now() * 1000) / MINUTE) * MINUTE;
      return (await elasticsearch.bars.get(SYMBOL, "1m", minute))?.document.complete === true;
    };
    await expect.poll(isComplete, { timeout: 90_000, intervals: [1000] }).toBe(true);
    const died = Date.now() * 1000;
    await product.engines.kill("Kafka");
    await expect(head).toContainText("STALE", { timeout: 60_000 });
    await product.engines.start("Kafka");
    await expect(head).toContainText("LIVE", { timeout: 120_000 });

    // The market is a function of time: what its trades give is known without the log that was down.
    const market = new Market(marketOptions(config));
    const start = Math.floor(died / MINUTE) * MINUTE;
    const expected = marketBar(market, listingOf("AAPL"), "1m", start);
    if (!expected) throw new Error("the market did not trade in that minute");
    const stored = async () => {
      const found = await elasticsearch.bars.get(SYMBOL, "1m", start);
      if (found?.document.final !== true) return null;
      const { open, high, low, close, volume, trades } = found.document;
      return { open, high, low, close, volume, trades };
    };
    const { open, high, low, close, volume, trades } = expected;
    await expect
      .poll(stored, { timeout: 150_000, intervals: [1000] })
      .toEqual({ open, high, low, close, volume, trades });
  } finally {
    await elasticsearch.close();
  }
});
