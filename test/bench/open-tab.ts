import { setTimeout as sleep } from "node:timers/promises";
import type { TestEngines } from "#test/support/test-engines.ts";
import type { Figure } from "./figures.ts";
import { countUpdates, withPage } from "./in-page.ts";
import { heapAfterCollection } from "./main-thread.ts";

/** Nearly every bar is published in each tenth of a second: eight charts draw in minutes what one draws in hours. */
const RATE = 20;
/** Those that are simulated beside the pages. */
const SYMBOLS = ["SIM:AAPL", "SIM:MSFT", "SIM:NVDA", "SIM:GOOGL"];
const EIGHT = "v2.50.h4.25.1.25.2.25.3.25.4.50.h4.25.5.25.6.25.7.25.8";
/** A collection after each. */
const ROUNDS = 3;
const ROUND_MINUTES = 5;

/** A tab that stays open: a desk of eight charts of seconds, half of them with indicators, and what of the heap is held after each round. */
export function openTab(engines: TestEngines): Promise<Figure[]> {
  return withPage(engines, RATE, async (page, url) => {
    const session = await page.context().newCDPSession(page);
    await page.goto(`${url}/desk?${address()}`);
    await page.locator(".plot").nth(7).waitFor({ timeout: 60_000 });
    // Bars of the first minutes fill the charts; only what comes beyond would be growth.
    await sleep(60_000);
    const figures: Figure[] = [];
    let updates = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      if (round > 0) updates += await page.evaluate(countUpdates, ROUND_MINUTES * 60_000);
      const name = `eight charts, heap after collection, minute ${round * ROUND_MINUTES}, ${updates} updates`;
      const value = await heapAfterCollection(session);
      console.error(`${name}: ${value.toFixed(1)} MiB`);
      figures.push({ name, value, unit: "MiB", aim: null });
    }
    return figures;
  });
}

function address(): string {
  const panels = Array.from({ length: 8 }, (_, index) => {
    const symbol = encodeURIComponent(SYMBOLS[index % SYMBOLS.length] ?? "");
    const own = `${index + 1}=chart&${index + 1}.symbol=${symbol}&${index + 1}.interval=1s`;
    return index < 4 ? `${own}&${index + 1}.ind=${encodeURIComponent("sma:20,bb:20:2")}` : own;
  });
  return `grid=${EIGHT}&${panels.join("&")}`;
}
