import type { Locator, Page } from "@playwright/test";
import { dayOf } from "#lib/domain/adjustment/action.ts";
import { previousSession } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { expect, signIn, test } from "./product.ts";

/** Five sessions ago: a day of trading in every calendar. */
function exDay(): string {
  let time = Date.now() * 1_000;
  for (let session = 0; session < 5; session++) time = previousSession(calendarOf("us-equities"), time).start;
  return dayOf(time);
}

/** Opens the form of a ticker at its row of the admin's list. */
async function edit(page: Page, symbol: string): Promise<Locator> {
  // Signing in has the list read again, which closes a menu that is opened meanwhile.
  await expect(async () => {
    await page.getByRole("button", { name: `Actions for ${symbol}` }).click({ timeout: 2_000 });
    await page.getByRole("menuitem", { name: "Edit" }).click({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  return page.getByRole("region", { name: `Edit ${symbol}` });
}

/** Close of the oldest day of the table beside the chart, which is before the ex-day. */
async function oldestClose(page: Page): Promise<number> {
  const cell = page.getByRole("table", { name: "The newest of them" }).getByRole("row").last().getByRole("cell").nth(3);
  return Number((await cell.innerText()).replaceAll(",", ""));
}

test("a split that an admin enters is marked, and changes the prices before it, unless they are wanted as traded", async ({
  page,
  product,
}) => {
  await page.goto("/admin/tickers");
  await signIn(page, product.password);
  const form = await edit(page, "SIM:MSFT");
  const field = form.getByLabel("Splits and dividends");
  await field.fill(`${exDay()} 4 for 1`);
  await expect(form).toContainText("Line 1: a date, then 4:1 or an amount");
  await expect(form.getByRole("button", { name: "Save" })).toBeDisabled();
  await field.fill(`${exDay()} 4:1`);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();

  await page.goto("/symbols/SIM%3AMSFT?interval=1d&adjust=raw");
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart).toContainText("Prices are as traded.", { timeout: 60_000 });
  await expect(page.locator("footer.foot")).toContainText(/[1-9]\d\d bars/, { timeout: 60_000 });
  const raw = await oldestClose(page);
  await page.getByRole("button", { name: "Price scale: Linear, as traded" }).click();
  await page.getByRole("menuitemradio", { name: "Split-adjusted" }).click();
  await expect(chart).toContainText(
    `Prices are adjusted for splits. ${exDay()}: 4:1 split; before it prices × 0.25, volume × 4`,
  );
  await expect.poll(async () => Math.abs(4 * (await oldestClose(page)) - raw)).toBeLessThan(0.03);
  await expect(page).not.toHaveURL(/adjust=/);
  await expect(page.locator(".action-mark")).toHaveText(/S$/);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Bars as CSV" }).click();
  expect((await download).suggestedFilename()).toBe("SIMULATED-SIM-MSFT-1d-split.csv");

  // Taken back, nothing is adjusted any more.
  await page.goto("/admin/tickers");
  const again = await edit(page, "SIM:MSFT");
  await again.getByLabel("Splits and dividends").fill("");
  await again.getByRole("button", { name: "Save" }).click();
  await expect(again).toBeHidden();
  await page.goto("/symbols/SIM%3AMSFT?interval=1d");
  await expect(page.locator("footer.foot")).toContainText("bars");
  await expect(page.locator(".action-mark")).toHaveCount(0);
});

test("of a ticker without splits and dividends nothing is offered", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1d");
  await expect(page.locator("footer.foot")).toContainText("bars", { timeout: 60_000 });
  await page.getByRole("button", { name: "Price scale: Linear", exact: true }).click();
  await expect(page.getByRole("menuitemradio", { name: "Logarithmic" })).toBeVisible();
  await expect(page.getByRole("menuitemradio", { name: "Total return" })).toHaveCount(0);
});
