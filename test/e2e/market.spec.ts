import { readConfig } from "#lib/config/config.ts";
import { DAY, windowStart } from "#lib/domain/interval.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { givenItem } from "#test/support/stored-bars.ts";
import { expect, test } from "./product.ts";

test("the watchlist fills with simulated prices that move, and says that they are simulated", async ({ page }) => {
  await page.goto("/");
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  const row = watchlist.getByRole("row", { name: /AAPL/ });
  await expect(row).toContainText(/\d+\.\d\d/);
  await expect(row).toContainText("SIMULATED");
  const before = await row.innerText();
  await expect.poll(() => row.innerText(), { timeout: 20_000 }).not.toBe(before);
});

test("a source that cannot be reached says so, and affects nothing else", async ({ page }) => {
  await page.goto("/admin/tickers");
  const sources = page.getByRole("region", { name: "Sources" });
  await expect(sources).toContainText(/coinbase/i);
  await expect(sources).toContainText(/cannot|refused|reach/i, { timeout: 30_000 });
  await page.goto("/");
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  await expect(watchlist.getByRole("row", { name: /BTC-USD/ })).toContainText("—");
  await expect(watchlist.getByRole("row", { name: /AMZN/ })).toContainText(/\d+\.\d\d/);
});

test("the sorted column is in the address, and a reload keeps it", async ({ page }) => {
  await page.goto("/");
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  await watchlist.getByRole("columnheader", { name: "Volume" }).getByRole("button").click();
  await expect(watchlist.getByRole("columnheader", { name: "Volume" })).toHaveAttribute("aria-sort", /ending/);
  await expect(page).toHaveURL(/sort=/);
  await page.reload();
  await expect(watchlist.getByRole("columnheader", { name: "Volume" })).toHaveAttribute("aria-sort", /ending/);
});

test("the most traded symbols lead to their pages, with what they count and its bound", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("group", { name: "List" }).getByRole("button", { name: "Most traded" }).click();
  const panel = page.getByRole("region", { name: "Most traded" });
  await expect(panel).toContainText(/\d\d:\d\d to \d\d:\d\d:\d\d UTC, exact/, { timeout: 30_000 });
  const first = panel.getByRole("listitem").first().getByRole("link");
  await expect(first).toContainText(/[1-9]/);
  await expect(page).toHaveURL(/side=traded/);
  await page.reload();
  await expect(panel.getByRole("listitem").first()).toContainText(/[1-9]/);
  const address = await first.getAttribute("href");
  await first.click();
  await expect(page).toHaveURL(new RegExp(address ?? "never"));
});

test("correlations of the list are a table that the keyboard reaches", async ({ page }) => {
  await page.goto("/?side=together");
  const panel = page.getByRole("region", { name: "Correlation" });
  const table = panel.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveCount(9, { timeout: 30_000 });
  await expect(table.getByRole("cell", { name: /^[−—]?(0\.\d\d)?$/ }).first()).toBeVisible();
  const symbol = table.getByRole("rowheader").first().getByRole("link");
  await symbol.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/symbols/);
});

test("the heat map's area and colour are chosen, and a reload brings them back", async ({ page }) => {
  await page.goto("/");
  const map = page.getByRole("region", { name: "Heat map" });
  await expect(map.locator("a.tile").first()).toBeVisible();
  await map.getByRole("combobox", { name: "Area" }).selectOption("traded");
  await expect(page).toHaveURL(/heat=traded-change/);
  await map.getByRole("combobox", { name: "Colour" }).selectOption("vwap");
  await expect(page).toHaveURL(/heat=traded-vwap/);
  await page.reload();
  await expect(map.getByRole("combobox", { name: "Colour" })).toHaveValue("vwap");
  await expect(map.getByRole("group", { name: /value traded as area, distance to VWAP as colour/ })).toBeVisible();
});

test("movers are those of the day's session, and lead to their pages", async ({ page }) => {
  await page.goto("/");
  const panel = page.getByRole("region", { name: "Movers" });
  await expect(panel).toContainText("Gaining against the previous close");
  const first = panel.getByRole("link").first();
  await expect(first).toContainText(/[+−]\d+\.\d\d %/, { timeout: 60_000 });
  const address = await first.getAttribute("href");
  await first.click();
  await expect(page).toHaveURL(new RegExp(address ?? "never"));
});

test("volume against normal is a column and a list, with a dash while minutes of five sessions are being fetched", async ({
  page,
  product,
}) => {
  const { environment } = product.engines;
  const store = createElasticsearch(readConfig(environment));
  const midnight = windowStart("1d", Date.now() * 1_000);
  const days = Array.from({ length: 8 }, (_, day) => midnight - (day + 4) * DAY);
  await store.engineStore.write(days.map((start) => givenItem("SIM:AAPL", start, { volume: 1 })));
  await store.bars.refresh();
  await store.close();
  await page.goto("/?symbols=SIM:AAPL,SIM:MSFT&columns=symbol,last,normal&side=unusual");
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  const normalOf = (ticker: string) => watchlist.getByRole("row", { name: ticker }).getByRole("gridcell").nth(2);
  await expect(normalOf("AAPL")).toHaveText(/^\d+× p\d+$/, { timeout: 75_000 });
  await expect(normalOf("MSFT")).toHaveText("—");
  await expect(normalOf("MSFT").getByTitle(/minutes of .* stored, 5 are needed: more are being fetched/)).toBeVisible();
  const unusual = page.getByRole("region", { name: "Unusual volume" }).getByRole("listitem");
  await expect(unusual).toHaveText(/AAPL.*× ?p\d+/);
  await watchlist.getByRole("columnheader", { name: "Rel. volume" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=normal\.descending/);
  await expect(watchlist.getByRole("grid").locator("tbody .sym").first()).toHaveText("AAPL");
});
