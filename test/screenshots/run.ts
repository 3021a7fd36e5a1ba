import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { unpackedChromium } from "#test/support/chromium.ts";
import { startProduct } from "#test/support/product.ts";
import { startTestEngines } from "#test/support/test-engines.ts";
import { HALTED, type Scene, SCENES } from "./scenes.ts";

const HELP = `npm run screenshots -- [--out FOLDER] [--width PIXELS …] [--readme] [SCENE …]

Starts the product on engines of its own, waits for its history and takes a picture of each scene, dark and light.
  --out FOLDER    where they are put (default .tapedeck/screenshots)
  --width PIXELS  of the pages, also several times (default 1440 and 390)
  --readme        writes the pictures of README.md instead

Scenes: ${SCENES.map(({ name }) => name).join(", ")}`;

const THEMES = ["dark", "light"] as const;
type Theme = (typeof THEMES)[number];
/** Up to here pages are laid out for a phone, pixels. */
const PHONE = 640;
const sizeOf = (width: number) => ({ width, height: width > PHONE ? 900 : 844 });

/** README's pictures: file, scene, width and theme. */
const OF_README: readonly (readonly [string, string, number, Theme])[] = [
  ["dashboard-dark", "market", 1440, "dark"],
  ["symbol-dark", "symbol", 1440, "dark"],
  ["desk-light", "desk-four", 1440, "light"],
  ["symbol-phone-light", "symbol", 390, "light"],
];

const PASSWORD = "of the pictures";
/** History of the simulated symbols arrives one after the other. */
const HISTORY = 300_000;
/** What a page has loaded is drawn, milliseconds. */
const SETTLED = 3_500;

const { values, positionals } = parseArgs({
  options: {
    out: { type: "string" },
    width: { type: "string", multiple: true, default: ["1440", "390"] },
    readme: { type: "boolean" },
    help: { type: "boolean" },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !SCENES.some((scene) => scene.name === name));
if (!values.width.every((width) => Number(width) >= 320)) {
  console.error(`--width ${values.width.join(", ")}: pixels, from 320`);
  process.exit(2);
}
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no scene ${unknown.join(", ")}`);
  console.log(HELP);
  process.exit(unknown.length > 0 ? 2 : 0);
}

function contextOf(browser: Browser, url: string, width: number, theme: Theme): Promise<BrowserContext> {
  const phone = width > PHONE ? {} : { hasTouch: true, isMobile: true };
  return browser.newContext({ baseURL: url, viewport: sizeOf(width), colorScheme: theme, ...phone });
}

async function signIn(page: Page): Promise<void> {
  await page.goto("/admin/tickers");
  const password = page.getByRole("region", { name: "Sign in" }).getByLabel("Password");
  await password.fill(PASSWORD);
  await page.getByRole("region", { name: "Sign in" }).getByRole("button", { name: "Sign in" }).click();
  await password.waitFor({ state: "detached" });
}

async function shoot(page: Page, scene: Scene, file: string): Promise<void> {
  if (scene.admin) await signIn(page);
  await page.goto(scene.path);
  await sleep(SETTLED);
  await scene.arrange?.(page);
  await sleep(500);
  await page.screenshot({ path: file });
  console.log(file);
}

/** The charts of the scenes have a past to show. */
async function waitForHistory(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ baseURL: url });
  const deadline = Date.now() + HISTORY;
  for (const chart of ["SIM%3AAAPL?interval=1m", "SIM%3AMSFT?interval=5m", "SIM%3ANVDA?interval=1h"]) {
    await page.goto(`/symbols/${chart}`);
    const bars = page.locator("footer.foot", { hasText: /\d\d\d bars/ });
    await bars.waitFor({ timeout: Math.max(1, deadline - Date.now()) });
  }
  await page.close();
}

async function takeAll(browser: Browser, url: string): Promise<void> {
  await waitForHistory(browser, url);
  if (values.readme) {
    for (const [file, name, width, theme] of OF_README) {
      const scene = SCENES.find((one) => one.name === name);
      const context = await contextOf(browser, url, width, theme);
      if (scene) await shoot(await context.newPage(), scene, join("docs", `${file}.png`));
      await context.close();
    }
    return;
  }
  const folder = values.out ?? join(".tapedeck", "screenshots");
  await mkdir(folder, { recursive: true });
  const wanted = SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const width of values.width.map(Number)) {
    const layout = width > PHONE ? "desk" : "phone";
    for (const theme of THEMES) {
      for (const scene of wanted.filter(({ width: only = layout }) => only === layout)) {
        const context = await contextOf(browser, url, width, theme);
        const file = join(folder, `${scene.name}-${width}-${theme}.png`);
        await shoot(await context.newPage(), scene, file).catch((error: unknown) => {
          console.error(`${file}: ${String(error)}`);
          process.exitCode = 1;
        });
        await context.close();
      }
    }
  }
}

const engines = await startTestEngines();
try {
  const product = await startProduct(engines, {
    TAPEDECK_ADMIN_PASSWORD: PASSWORD,
    TAPEDECK_SOURCES: "simulator",
    SIMULATOR_HALTS: HALTED,
  });
  const { executablePath, args, env } = await unpackedChromium();
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    await takeAll(browser, product.url);
  } finally {
    await browser.close();
    await product.close();
  }
} finally {
  await engines.close();
}
