import { chromium, type Page } from "@playwright/test";
import { unpackedChromium } from "#test/support/chromium.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { withProduct } from "./product.ts";

/** A page of the whole product in a browser, with four simulated symbols: their history is soon there, and the processes beside it are idle. */
export function withPage<T>(
  engines: TestEngines,
  simulatorRate: number,
  measure: (page: Page, url: string) => Promise<T>,
): Promise<T> {
  const inBrowser = async (url: string): Promise<T> => {
    const { executablePath, args, env } = await unpackedChromium();
    const browser = await chromium.launch({ executablePath, args, env });
    try {
      return await measure(await browser.newPage({ viewport: { width: 1440, height: 900 } }), url);
    } finally {
      await browser.close();
    }
  };
  return withProduct(engines, simulatorRate, ({ url }) => inBrowser(url), { SIMULATOR_SYMBOLS: "4" });
}

/** Runs in the page: how often the drawing of its charts changed within `duration` milliseconds, that of each chart counted. */
export function countUpdates(duration: number): Promise<number> {
  return new Promise((resolve) => {
    let updates = 0;
    const observers = [...document.querySelectorAll(".plot .panes")].map((panes) => {
      const observer = new MutationObserver(() => updates++);
      observer.observe(panes, { subtree: true, attributes: true, attributeFilter: ["d", "y", "height", "cy"] });
      return observer;
    });
    setTimeout(() => {
      for (const observer of observers) observer.disconnect();
      resolve(updates);
    }, duration);
  });
}
