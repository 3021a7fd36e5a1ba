import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { finished, workerFolder } from "#test/support/workers.ts";
import { expect, test } from "./product.ts";

test.use({ timezoneId: "Asia/Tokyo" });

const STOCK = "/symbols/TAPE%3AHOURS?interval=5m";

/** Two minutes apart in every session of the week of Thanksgiving, none where the market is closed; a halt of an hour. */
function recording(): string {
  const calendar = calendarOf("us-equities");
  const rows: string[] = [];
  const halt = Date.UTC(2025, 10, 26, 16) * 1_000;
  for (let time = Date.UTC(2025, 10, 25, 9) * 1_000; time < Date.UTC(2025, 10, 28, 22) * 1_000; time += 2 * MINUTE) {
    if (calendar.segmentOf(time).session === "closed" || (time >= halt && time < halt + 60 * MINUTE)) continue;
    const price = 100 + 4 * Math.sin(rows.length / 60) + (rows.length % 7) / 10;
    rows.push(`${time},HOURS,${price.toFixed(2)},${1 + (rows.length % 5)},${rows.length + 1}`);
  }
  return `time,symbol,price,size,id\n${rows.join("\n")}\n`;
}

test.beforeAll(async ({ product }) => {
  const folder = scratchFolder();
  const workers = workerFolder(product.environment);
  try {
    const file = join(folder, "hours.csv");
    writeFileSync(file, recording());
    const flags = ["--format", "csv", "--calendar", "us-equities", "--wait", file];
    await finished(workers.start("replay", flags), "replay");
  } finally {
    await workers.close();
    removeFolder(folder);
  }
});

test("one choice of the zone changes chart, lineage and export together, and a link's comes before it", async ({
  page,
}) => {
  await page.goto(STOCK);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.locator(".readout")).toContainText("Fri 28 Nov 2025 16:55 – 17:00 EST");
  const button = page.getByRole("button", { name: /^Time: clocks in/ });
  await button.click();
  const menu = page.getByRole("dialog", { name: "Time" });
  await menu.getByRole("radio", { name: /^Local/ }).check();
  await expect(chart.locator(".readout")).toContainText("Sat 29 Nov 2025 06:55 – 07:00 GMT+9");
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Bars as CSV" }).click(),
  ]);
  expect(download.url()).toContain("tz=Asia%2FTokyo");
  const csv = readFileSync(await download.path(), "utf8");
  expect(csv.trim().split("\n").at(-1)).toMatch(/^2025-11-29T06:55:00\.000\+09:00,/);

  await page.reload();
  await expect(chart.locator(".readout")).toContainText("GMT+9");
  await page.goto(`${STOCK}&tz=utc`);
  await expect(chart.locator(".readout")).toContainText("21:55 – 22:00 UTC");
  await page.goto(STOCK);
  await expect(chart.locator(".readout")).toContainText("GMT+9");
});

test("pre- and post-market are tinted and named, and can be left out", async ({ page }) => {
  await page.goto(STOCK);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.locator(".session-name").filter({ hasText: "Post-market" }).first()).toBeVisible();
  await expect(chart.locator("rect.extended").first()).toBeAttached();
  await page.getByRole("button", { name: /^Time: clocks in/ }).click();
  await page.getByRole("checkbox", { name: /Draw them/ }).uncheck();
  await expect(chart.locator(".readout")).toContainText("12:55 – 13:00 EST");
  await expect(chart.locator("rect.extended")).toHaveCount(0);
  await expect(page).toHaveURL(/extended=off/);
});

test("a price of the post-market is held against the close of its day, whose own change stands beside it", async ({
  page,
}) => {
  await page.goto("/symbols/TAPE%3AHOURS?interval=1d");
  const head = page.locator(".head .price");
  await expect(head).toContainText(/Post-market, against \d+\.\d\d, the day’s close \([+−]\d+\.\d\d %\)/, {
    timeout: 30_000,
  });
  const newest = page.getByRole("table", { name: "The newest of them" }).getByRole("row").nth(1).getByRole("cell");
  const close = await newest.nth(3).innerText();
  await expect(head).toContainText(`against ${close}`);
  const last = Number(await head.locator("b").innerText());
  await expect(head.locator("span")).toContainText(Math.abs(last - Number(close)).toFixed(2));
});

test("closed time takes its true width in linear time", async ({ page }) => {
  // Friday's pre-market at the right; Thursday was a holiday.
  await page.goto(`${STOCK}&to=2025-11-28T11:00:00Z`);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.locator("rect.extended")).toHaveCount(2);
  await page.getByRole("button", { name: /^Time: clocks in/ }).click();
  await page.getByRole("checkbox", { name: "As wide as they are long" }).check();
  await expect(page).toHaveURL(/time=linear/);
  await expect(chart.locator("rect.extended")).toHaveCount(1);
  await page.reload();
  await expect(chart.locator("rect.extended")).toHaveCount(1);
});

test("a bar lists the trades that it was made of", async ({ page }) => {
  await page.goto(STOCK);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.locator(".readout")).toContainText("EST");
  await page.locator(".plot").focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Enter");
  const lineage = page.getByRole("dialog", { name: "Lineage" });
  await expect(lineage).toContainText(/offsets? [\d,]+/);
  await lineage.getByRole("button", { name: "Trades" }).click();
  const trades = page.getByRole("dialog", { name: "Trades of the bar" });
  await expect(trades.getByRole("heading")).toHaveText(/^All \d trades$/, { timeout: 30_000 });
  await expect(trades.getByRole("row").nth(1)).toContainText(/16:5\d:00\.000/);
  await page.keyboard.press("Escape");
  await expect(trades).toBeHidden();
  await expect(lineage).toBeVisible();
});

test("a chart without a revision says so", async ({ page }) => {
  await page.goto(STOCK);
  await page.getByRole("button", { name: /revisions?$/ }).click();
  const list = page.getByRole("dialog", { name: "Revisions" });
  await expect(list).toContainText("No bar was rewritten");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
});

/** One more trade of a bar that has closed, as its channel would bring it late. */
async function sendLate(environment: Readonly<Record<string, string>>, channel: string): Promise<void> {
  const config = readConfig(environment);
  const kafka = createKafka(config);
  const producer = await kafka.producer();
  const symbol = "TAPE:HOURS";
  const time = Date.UTC(2025, 10, 28, 21, 51) * 1_000;
  const trade = {
    type: "trade",
    symbol,
    time,
    receivedTime: time,
    price: 105.5,
    size: 1,
    id: 1,
    idSpace: "late",
    channel,
  };
  const partition = partitionOf(symbol, config.TAPEDECK_PARTITIONS);
  const value = Buffer.from(JSON.stringify(trade));
  await producer.send(names(config.TAPEDECK_NAMESPACE).ticks, [{ partition, key: symbol, value }]);
  await kafka.close();
}

test("a bar that a late trade rewrites is marked, and listed with its old and new prices", async ({
  page,
  product,
}) => {
  await page.goto(STOCK);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.locator(".readout")).toContainText("EST");
  await page.locator(".plot").focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Enter");
  const lineage = page.getByRole("dialog", { name: "Lineage" });
  await expect(lineage).toContainText(/channel \S/);
  const [, channel = ""] = /channel (\S+)/.exec(await lineage.getByRole("listitem").first().innerText()) ?? [];
  await page.keyboard.press("Escape");
  await sendLate(product.environment, channel);
  await expect(chart.locator(".revised")).toHaveCount(1, { timeout: 30_000 });
  await expect(chart.locator(".revised")).toHaveCount(0);
  await page.getByRole("button", { name: /revisions?$/ }).click();
  const row = page.getByRole("dialog", { name: "Revisions" }).getByRole("row").nth(1);
  await expect(row).toContainText(/→ 105\.50/);
  await expect(row).toContainText("1 late trade");
  await row.getByRole("button").click();
  await expect(lineage).toContainText("revision 1");
});
