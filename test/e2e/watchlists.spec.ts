import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./product.ts";

const watchlist = (page: Page) => page.getByRole("region", { name: "Watchlist" });
const tickers = async (page: Page): Promise<string[]> =>
  watchlist(page).getByRole("grid").locator("tbody .sym").allInnerTexts();

async function choose(page: Page, words: string): Promise<void> {
  await watchlist(page)
    .getByRole("button", { name: /^Watchlist: / })
    .click();
  await page.getByRole("dialog").getByText(words, { exact: true }).click();
}

async function importInto(page: Page, text: string): Promise<void> {
  await choose(page, "Import symbols");
  const dialog = page.getByRole("dialog", { name: "Import symbols" });
  await dialog.getByLabel(/^Symbols, one a line/).fill(text);
  await dialog.getByRole("button", { name: /^Import \d/ }).click();
}

test("a list is imported, ordered by drag and keys, undone, kept over a reload, and deleted", async ({ page }) => {
  await page.goto("/");
  await expect(watchlist(page).getByRole("row", { name: /AAPL/ })).toBeVisible();
  await choose(page, "Import symbols");
  const dialog = page.getByRole("dialog", { name: "Import symbols" });
  await dialog.getByLabel(/^Symbols, one a line/).fill("AAPL, MSFT\nSIM:AMZN\nNASDAQ:GOOGL, NOSUCH");
  await expect(dialog.getByRole("status", { name: "What was found" })).toContainText("3 found as they stand");
  await expect(dialog.getByRole("status", { name: "What was found" })).toContainText("NOSUCH");
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Import 4 symbols" }).click();
  await expect.poll(() => tickers(page)).toEqual(["AAPL", "MSFT", "AMZN", "GOOGL"]);
  await expect(page).toHaveURL(/list=[a-z0-9]{8}/);

  const row = (ticker: string) => watchlist(page).getByRole("row", { name: new RegExp(ticker) });
  await row("GOOGL").hover();
  await page.mouse.down();
  const target = await row("AAPL").boundingBox();
  await page.mouse.move((target?.x ?? 0) + 200, (target?.y ?? 0) + 2, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => tickers(page)).toEqual(["GOOGL", "AAPL", "MSFT", "AMZN"]);

  await row("AAPL").getByRole("gridcell").nth(1).click();
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(() => tickers(page)).toEqual(["GOOGL", "MSFT", "AAPL", "AMZN"]);
  await page.keyboard.press("Delete");
  await expect.poll(() => tickers(page)).toEqual(["GOOGL", "MSFT", "AMZN"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => tickers(page)).toEqual(["GOOGL", "MSFT", "AAPL", "AMZN"]);

  await page.getByRole("combobox", { name: /^Add a symbol/ }).fill("nvda");
  await page.keyboard.press("Enter");
  await expect.poll(() => tickers(page)).toEqual(["GOOGL", "MSFT", "AAPL", "AMZN", "NVDA"]);

  await watchlist(page).getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "VWAP" }).check();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/columns=.*vwap/);
  await page.reload();
  await expect.poll(() => tickers(page)).toEqual(["GOOGL", "MSFT", "AAPL", "AMZN", "NVDA"]);
  await expect(watchlist(page).getByRole("columnheader", { name: "VWAP" })).toBeVisible();

  const download = page.waitForEvent("download");
  await watchlist(page).getByRole("button", { name: "Actions for Imported" }).click();
  await page.getByRole("menuitem", { name: "Export as text" }).click();
  expect((await download).suggestedFilename()).toBe("imported.txt");

  await watchlist(page).getByRole("button", { name: "Actions for Imported" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(watchlist(page).getByRole("button", { name: "Watchlist: All symbols" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => tickers(page)).toHaveLength(5);
});

test("who signs in is offered to move the lists of the browser to the server, and finds them elsewhere", async ({
  page,
  product,
  browser,
}) => {
  await page.goto("/");
  await expect(watchlist(page).getByRole("row", { name: /AAPL/ })).toBeVisible();
  await importInto(page, "MSFT, AMZN");
  const signInAt = async (where: Page): Promise<void> => {
    await where.goto("/admin/tickers");
    await signIn(where, product.password);
    await expect(where.getByRole("region", { name: "Add a ticker" })).toBeVisible();
    await where.goto("/");
  };
  await signInAt(page);
  await page.getByRole("button", { name: "Move to the server" }).click();
  await expect(page.getByText("One list moved to the server")).toBeVisible();

  const elsewhere = await browser.newPage({ baseURL: product.url });
  await signInAt(elsewhere);
  await choose(elsewhere, "Imported");
  await expect.poll(() => tickers(elsewhere)).toEqual(["MSFT", "AMZN"]);
  await elsewhere.close();
});

test("a link to a list shows it to who does not have it, who keeps it with one click", async ({
  page,
  product,
  browser,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await expect(watchlist(page).getByRole("row", { name: /AAPL/ })).toBeVisible();
  await importInto(page, "MSFT, AMZN");
  await watchlist(page).getByRole("button", { name: "Actions for Imported" }).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  await expect(page.getByText(/^Link copied/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const elsewhere = await browser.newPage({ baseURL: product.url });
  await elsewhere.goto(link);
  await expect.poll(() => tickers(elsewhere)).toEqual(["MSFT", "AMZN"]);
  await elsewhere.getByRole("region", { name: "Linked list" }).getByRole("button", { name: "Keep it" }).click();
  await expect(elsewhere.getByRole("region", { name: "Linked list" })).toBeHidden();
  await expect(elsewhere).toHaveURL(/list=[a-z0-9]{8}$/);
  await elsewhere.reload();
  await expect.poll(() => tickers(elsewhere)).toEqual(["MSFT", "AMZN"]);
  await elsewhere.close();
});

test("on a phone the symbols of a list are edited in a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await expect(page.locator(".row2").first()).toBeVisible();
  await importInto(page, "AAPL, MSFT");
  await watchlist(page).getByRole("button", { name: "Edit" }).click();
  const sheet = page.getByRole("dialog", { name: "Edit Imported" });
  await sheet.getByRole("button", { name: /^Move MSFT/ }).press("ArrowUp");
  await sheet.getByRole("button", { name: "Remove AAPL" }).click();
  await sheet.getByRole("button", { name: "Undo" }).click();
  await sheet.getByRole("button", { name: "Remove AAPL" }).click();
  await sheet.getByRole("button", { name: "Done" }).click();
  await expect(page.locator(".row2 .sym")).toHaveText(["MSFT"]);
  expect((await page.locator(".row2").boundingBox())?.height).toBe(52);
  await watchlist(page).getByRole("button", { name: "Actions for Imported" }).click();
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeInViewport({ ratio: 1 });
});
