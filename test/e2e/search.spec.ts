import { expect, test } from "./product.ts";

test("typing anywhere opens the search, which finds by typo and opens the symbol", async ({ page }) => {
  await page.goto("/");
  // What it lists came to a page that is alive, and hears keys.
  await expect(page.getByRole("region", { name: "Watchlist" })).toContainText("AAPL");
  await page.keyboard.type("appel", { delay: 40 });
  const palette = page.getByRole("dialog", { name: "Search" });
  await expect(palette.getByRole("option").first()).toContainText("Apple");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/symbols\/SIM(:|%3A)AAPL/);
});

test("Enter pressed before the hits are here opens the hit of what was typed", async ({ page }) => {
  await page.goto("/");
  // What it lists came to a page that is alive, and hears keys.
  await expect(page.getByRole("region", { name: "Watchlist" })).toContainText("AAPL");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search" }).getByRole("option").first()).toBeVisible();
  await page.keyboard.type("microsft");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/symbols\/SIM(:|%3A)MSFT/);
});

test("the search page finds a company by its former ticker and narrows by sector", async ({ page }) => {
  await page.goto("/search?q=FB");
  await expect(
    page
      .getByRole("option")
      .first()
      .or(page.getByRole("link", { name: /META/ }).first()),
  ).toContainText("META");
  await page.goto("/search?q=m");
  await page
    .getByRole("region", { name: "Search" })
    .getByRole("button", { name: /Health Care/ })
    .click();
  await expect(page).toHaveURL(/sector=Health/);
});
