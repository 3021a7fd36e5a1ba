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
