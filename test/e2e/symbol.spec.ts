import { AxeBuilder } from "@axe-core/playwright";
import { readConfig } from "#lib/config/config.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { expect, test } from "./product.ts";

/** Traded every few seconds, so that its newest close stands still long enough to be compared. */
const QUIET = "SIM:LIN";

test("the page's newest close is what the pipeline stored", async ({ page, product }) => {
  const elasticsearch = createElasticsearch(readConfig(product.environment));
  try {
    await page.goto(`/symbols/${encodeURIComponent(QUIET)}?interval=1m`);
    const chart = page.getByRole("region", { name: "Chart" });
    const shown = chart.getByRole("status", { name: "Last price" });
    await expect(shown).toHaveText(/\d+\.\d\d/);
    const both = async (): Promise<string> => {
      const start = Math.floor((Date.now() * 1000) / MINUTE) * MINUTE;
      const stored = await elasticsearch.bars.get(QUIET, "1m", start);
      const close = stored?.document.close?.toFixed(2) ?? "not stored yet";
      return close === (await shown.innerText()) ? "the same" : `stored ${close}, shown ${await shown.innerText()}`;
    };
    await expect.poll(both, { timeout: 60_000, intervals: [250] }).toBe("the same");
  } finally {
    await elasticsearch.close();
  }
});

test("a bar shows where its numbers come from, and the address restores the view", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1m");
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/);
  await page.getByRole("group", { name: "Interval" }).getByRole("button", { name: "1s" }).click();
  await expect(page).toHaveURL(/interval=1s/);
  await page.reload();
  await expect(page.getByRole("group", { name: "Interval" }).getByRole("button", { name: "1s" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/);
  const box = await chart.boundingBox();
  if (!box) throw new Error("the chart has no box");
  const lineage = page.getByRole("dialog", { name: "Lineage" });
  // The newest bars stand at the right, before five free places, the volume profile and the axis.
  await expect(async () => {
    await page.mouse.click(box.x + box.width - 215, box.y + box.height / 3);
    await expect(lineage).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(lineage).toContainText(/partition \d/);
  await expect(lineage).toContainText(/offset/);
});

test("type, zoom and place of the chart are in the address, and a reload keeps them", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1m");
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/);
  await page.getByRole("button", { name: "Drawn as: Candles" }).click();
  await page.getByRole("menuitemradio", { name: "Line" }).click();
  const box = await chart.boundingBox();
  if (!box) throw new Error("the chart has no box");
  const [x, y] = [box.x + box.width / 3, box.y + box.height / 3];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -300);
  await page.mouse.down();
  await page.mouse.move(x + 250, y, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/type=line&bars=\d+&to=\d{4}-/);
  const address = page.url();
  await page.reload();
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/);
  await expect(page.getByRole("button", { name: "Drawn as: Line" })).toBeVisible();
  await expect(page.getByRole("button", { name: "To the newest bar" })).toBeEnabled();
  await expect(page).toHaveURL(address);
});

test("time and sales, quote and trade sizes fill", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL");
  await expect(page.getByRole("region", { name: "Time and sales" })).toContainText(/(Buy|Sell)/, { timeout: 20_000 });
  await expect(page.getByRole("region", { name: "Quote" })).toContainText(/spread/);
  await expect(page.getByRole("region", { name: "Trade sizes" })).toContainText(/p99/, { timeout: 30_000 });
});

test("time and sales lists what is asked for, and holds still while one reads further down", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL");
  const tape = page.getByRole("region", { name: "Time and sales" });
  const trades = tape.locator("tbody tr", { hasText: /Buy|Sell/ });
  await expect.poll(() => trades.count(), { timeout: 60_000 }).toBeGreaterThan(15);
  await tape.getByRole("button", { name: "All sides" }).click();
  await expect(tape.getByRole("button", { name: "Buys" })).toBeVisible();
  await expect(trades.filter({ hasText: "Sell" })).toHaveCount(0);
  await expect(trades.filter({ hasText: "Buy" })).not.toHaveCount(0);
  await tape.getByRole("button", { name: "Buys" }).click();
  await tape.getByRole("button", { name: "Sells" }).click();
  const gather = tape.getByRole("button", { name: "By price" });
  const before = await gather.getAttribute("aria-pressed");
  await gather.click();
  await expect(gather).toHaveAttribute("aria-pressed", before === "true" ? "false" : "true");
  await tape.locator(".scroll").evaluate((element) => element.scrollTo({ top: 60 }));
  const held = tape.getByRole("button", { name: /Held, \d+ new/ });
  await expect(held).toHaveText(/Held, [1-9]\d* new/, { timeout: 30_000 });
  await held.click();
  await expect(held).toHaveCount(0);
});

test("a range of the chart shows its distributions, and the log gives the same again", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1m");
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/);
  const panel = page.getByRole("region", { name: "Volume by price" });
  await page.getByRole("button", { name: "Prices" }).click();
  await expect(panel).toContainText(/[1-9][\d,]* today/, { timeout: 60_000 });
  const box = await chart.boundingBox();
  if (!box) throw new Error("the chart has no box");
  // The newest bars stand at the right, before five free places, the volume profile and the axis.
  const y = box.y + box.height / 3;
  await page.keyboard.down("Shift");
  await page.mouse.move(box.x + box.width - 300, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 200, y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect(panel).toContainText(/in range/);
  await expect(panel).toContainText(/Point of control \d+\.\d\d ±/, { timeout: 30_000 });
  await panel.getByRole("button", { name: "Verify exactly" }).click();
  // A live range can have grown between its documents and the log: then it says by how much.
  await expect(panel.getByRole("status", { name: "Verification" })).toHaveText(/Same to the bit|\d in the log/, {
    timeout: 30_000,
  });
  await panel.getByTitle("Back to today").click();
  await expect(panel).toContainText(/today/);
  await page.locator(".plot").focus();
  await page.keyboard.press("0");
  await expect(panel).toContainText(/in range/);
  await page.keyboard.press("Escape");
  await expect(panel).toContainText(/today/);
});

test("a sample of the day's trades is drawn from the log, and its link draws it again", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1m");
  const panel = page.getByRole("region", { name: "Trade sizes" });
  await expect(panel).toContainText(/[1-9][\d,]* today/, { timeout: 60_000 });
  await panel.getByRole("button", { name: "Sample" }).click();
  const sample = page.getByRole("dialog", { name: "Sample of trades" });
  await expect(sample.getByRole("heading")).toHaveText(/(A sample of 200 of|All) [\d,]+ trades/, { timeout: 30_000 });
  await expect(sample.getByRole("row").nth(1)).toContainText(/\d\d:\d\d:\d\d\.\d{3}/);
  const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
  expect(violations).toEqual([]);
  await expect(page).toHaveURL(/sample=/);
  const address = page.url();
  await page.reload();
  await expect(sample.getByRole("row").nth(1)).toContainText(/(Buy|Sell|—)/, { timeout: 30_000 });
  expect(page.url()).toBe(address);
  await page.keyboard.press("Escape");
  await expect(sample).toBeHidden();
  await expect(page).not.toHaveURL(/sample=/);
});

test("spreads and moves are distributions, too, and a range says what of it is history", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1m");
  const measures = page.getByRole("group", { name: "Measure" });
  await measures.getByRole("button", { name: "Spreads" }).click();
  await expect(page.getByRole("region", { name: "Spreads" })).toContainText(/[1-9][\d,]* seconds? today/, {
    timeout: 60_000,
  });
  await measures.getByRole("button", { name: "Moves" }).click();
  await expect(page.getByRole("region", { name: "Moves", exact: true })).toContainText(/[1-9][\d,]* minutes? today/, {
    timeout: 60_000,
  });
  await measures.getByRole("button", { name: "Sizes" }).click();
  // The range is what is in sight when it is taken.
  await expect(page.locator("footer.foot")).toContainText(/[1-9][\d,]{2,} bars/, { timeout: 60_000 });
  await page.locator(".plot").focus();
  await page.keyboard.press("0");
  // Two days of minutes were fetched as bars, and collecting has just begun.
  await expect(page.getByRole("region", { name: "Trade sizes" }).getByRole("note")).toHaveText(
    /Sketches cover \d+ of \d+ minutes.*history without trades/,
    { timeout: 60_000 },
  );
});
