import type { Page } from "@playwright/test";

/** Something of the pages that is looked at. */
export interface Scene {
  name: string;
  path: string;
  /** What is done before the picture is taken; the page has its data. */
  arrange?: (page: Page) => Promise<void>;
  /** Only for who is signed in. */
  admin?: true;
  /** Of these layouts alone. */
  width?: "desk" | "phone";
}

const SYMBOL = "/symbols/SIM%3AAAPL?interval=1m";
const FOUR = [
  "/desk?grid=v2.50.h2.50.1.50.2.50.h2.50.3.50.4&1=chart&1.symbol=SIM%3AAAPL&1.interval=1m&2=chart&2.symbol=SIM%3AMSFT",
  "3=tape&3.symbol=SIM%3ANVDA&3.link=b&4=chart&4.symbol=SIM%3ANVDA&4.link=b&4.interval=1h&4.type=heikin-ashi",
].join("&");

const press = (key: string) => (page: Page) => page.keyboard.press(key);
const open = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

/** Halted in every even minute. */
export const HALTED = "CVX";

async function untilHalted(page: Page): Promise<void> {
  await page.locator(".head .badge", { hasText: "HALTED" }).waitFor({ timeout: 90_000 });
}

/** A bar in the middle of the chart is asked where it comes from. */
async function askBar(page: Page): Promise<void> {
  const box = await page.locator(".plot").first().boundingBox();
  if (!box) throw new Error("no chart is drawn");
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.45);
  await page.waitForTimeout(1_500);
}

/** A Fibonacci and a trend line over the middle of the chart. */
async function draw(page: Page): Promise<void> {
  const box = await page.locator(".plot").first().boundingBox();
  if (!box) throw new Error("no chart is drawn");
  const at = async (x: number, y: number): Promise<void> => {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  };
  await page.locator(".plot").first().focus();
  await page.keyboard.press("Alt+f");
  await at(0.2, 0.55);
  await at(0.45, 0.25);
  await page.keyboard.press("Alt+t");
  await at(0.3, 0.5);
  await at(0.6, 0.3);
}

async function newAlert(page: Page): Promise<void> {
  await page.keyboard.press("Alt+w");
  await page.waitForTimeout(2_000);
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("app");
  await page.waitForTimeout(1_500);
}

/** Three people, unless they are there from the picture before. */
async function addPeople(page: Page): Promise<void> {
  const headers = { origin: new URL(page.url()).origin };
  for (const [name, role] of [
    ["ann.lee", "admin"],
    ["tom", "trader"],
    ["vera", "viewer"],
  ]) {
    const data = { name, role, password: "of the pictures, too" };
    await page.request.post("/api/trpc/people.add", { headers, data });
  }
  await page.reload();
  await page.waitForTimeout(1_000);
}

async function setPassword(page: Page): Promise<void> {
  await addPeople(page);
  await page.getByRole("button", { name: "Actions for tom" }).click();
  await page.getByRole("menuitem", { name: "Set password" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Generate one" }).click();
}

/** Every page in its usual states, each dialog, and what lies over a chart. */
export const SCENES: readonly Scene[] = [
  { name: "market", path: "/" },
  { name: "market-traded", path: "/?side=traded", width: "desk" },
  { name: "market-unusual", path: "/?side=unusual", width: "desk" },
  { name: "market-correlation", path: "/?side=together", width: "desk" },
  { name: "symbol", path: SYMBOL },
  { name: "symbol-lineage", path: SYMBOL, arrange: askBar },
  { name: "symbol-linear", path: "/symbols/SIM%3AAAPL?interval=1h&time=linear" },
  { name: "symbol-studies", path: `${SYMBOL}&ind=bb:20:2,rsi:14,macd:12:26:9&type=hollow` },
  { name: "symbol-compared", path: `${SYMBOL}&compare=SIM:MSFT,SIM:NVDA&type=line` },
  { name: "symbol-ratio", path: "/symbols/SIM%3AAAPL%2FSIM%3AMSFT?interval=5m" },
  { name: "symbol-drawings", path: SYMBOL, arrange: draw },
  { name: "symbol-revisions", path: SYMBOL, arrange: open(/revisions$/) },
  { name: "symbol-halted", path: `/symbols/SIM%3A${HALTED}?interval=1s`, arrange: untilHalted },
  { name: "indicators", path: SYMBOL, arrange: press("/") },
  { name: "compare", path: SYMBOL, arrange: open("Compare"), width: "desk" },
  { name: "time", path: SYMBOL, arrange: open(/^Time/) },
  { name: "export", path: SYMBOL, arrange: open("Export"), width: "desk" },
  { name: "more", path: SYMBOL, arrange: open("More"), width: "phone" },
  { name: "keys", path: SYMBOL, arrange: press("?") },
  { name: "search", path: "/", arrange: search },
  { name: "search-page", path: "/search?q=micro" },
  { name: "desk", path: "/desk" },
  { name: "desk-four", path: FOUR },
  { name: "alerts", path: "/alerts" },
  { name: "alert", path: SYMBOL, admin: true, arrange: newAlert },
  { name: "admin", path: "/admin/tickers", admin: true },
  { name: "people", path: "/admin/people", admin: true, arrange: addPeople },
  { name: "people-password", path: "/admin/people", admin: true, arrange: setPassword },
  { name: "account", path: "/admin/people", admin: true, arrange: open(/^Account/) },
  { name: "audit", path: "/admin/log", admin: true },
  { name: "sign-in", path: "/admin/tickers" },
  { name: "api", path: "/api/docs" },
  { name: "unknown", path: "/symbols/SIM%3ANOTHING" },
];
