import { defineConfig } from "@playwright/test";
import { unpackedChromium } from "./test/support/chromium.ts";

const { executablePath, args, env } = await unpackedChromium();

export default defineConfig({
  testDir: "test/e2e",
  testMatch: "*.spec.ts",
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args, env },
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
  },
});
