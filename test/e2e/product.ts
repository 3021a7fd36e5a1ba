import { test as base, expect, type Page } from "@playwright/test";
import { startProduct, type Product as Started } from "#test/support/product.ts";
import { startTestEngines, type TestEngines } from "#test/support/test-engines.ts";

/** The whole product, with what tests of the pages do to it. */
export interface Product extends Started {
  password: string;
  engines: TestEngines;
}

const PASSWORD = "tape-under-test";

/** Fills the form of a page that is for who is signed in; the name of the built-in account stands there. */
export async function signIn(page: Page, password: string): Promise<void> {
  const form = page.getByRole("region", { name: "Sign in" });
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Sign in" }).click();
}

/** Tests of the pages: `product` is started once for all of them. */
export const test = base.extend<{ baseURL: string }, { product: Product }>({
  product: [
    // Playwright wants the first argument to be a pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const engines = await startTestEngines();
      try {
        const started = await startProduct(engines, {
          TAPEDECK_ADMIN_PASSWORD: PASSWORD,
          TAPEDECK_SOURCES: "simulator,coinbase",
          // Their history is made before the first test: half as many as usual, half as long.
          SIMULATOR_SYMBOLS: "32",
          // Tests of the pages say themselves what is halted.
          SIMULATOR_HALTS: "none",
          // Nothing listens there: the source shows as unreachable, and nothing else is affected.
          COINBASE_WEBSOCKET: "ws://127.0.0.1:9,ws://127.0.0.1:13",
          COINBASE_REST: "http://127.0.0.1:9",
        });
        await use({ ...started, password: PASSWORD, engines });
        await started.close();
      } finally {
        await engines.close();
      }
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ product }, use) => use(product.url),
});

export { expect };
