import { test as base, expect } from "@playwright/test";
import { startChild, untilReady } from "#infra/engines/child.ts";
import { freePorts } from "#infra/engines/ports.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { startTestEngines, type TestEngines } from "#test/support/test-engines.ts";
import { join } from "node:path";

/** The whole product, as `npm start` runs it, on engines, ports and data of its own. */
export interface Product {
  url: string;
  password: string;
  engines: TestEngines;
  environment: Readonly<Record<string, string>>;
}

const PASSWORD = "tape-under-test";

async function startProduct(): Promise<{ product: Product; close: () => Promise<void> }> {
  const engines = await startTestEngines();
  const folder = scratchFolder();
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    ...engines.environment,
    TAPEDECK_DATA: folder,
    TAPEDECK_PORT: String(port),
    TAPEDECK_ADMIN_PASSWORD: PASSWORD,
    TAPEDECK_SOURCES: "simulator,coinbase",
    // Nothing listens there: the source shows as unreachable, and nothing else is affected.
    COINBASE_WEBSOCKET: "ws://127.0.0.1:9",
    COINBASE_REST: "http://127.0.0.1:9",
  };
  const running = startChild({
    name: "tapedeck",
    command: [process.execPath, "infra/start.ts"],
    cwd: process.cwd(),
    env: { ...process.env, ...environment },
    logFile: join(folder, "start.log"),
    stopWithin: 40_000,
  });
  const close = async (): Promise<void> => {
    await running.stop();
    await engines.close();
    removeFolder(folder);
  };
  try {
    const probe = async (signal: AbortSignal): Promise<boolean> => (await fetch(`${url}/api/health`, { signal })).ok;
    // A first start builds the pages, hence the patience.
    await untilReady(
      running,
      { name: "the product", probe, every: 250, within: 180_000 },
      AbortSignal.timeout(200_000),
    );
  } catch (error) {
    await close();
    throw error;
  }
  return { product: { url, password: PASSWORD, engines, environment }, close };
}

/** Tests of the pages: `product` is started once for all of them. */
export const test = base.extend<{ baseURL: string }, { product: Product }>({
  product: [
    // Playwright wants the first argument to be a pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { product, close } = await startProduct();
      await use(product);
      await close();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ product }, use) => use(product.url),
});

export { expect };
