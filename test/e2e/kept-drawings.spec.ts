import type { Page } from "@playwright/test";
import { expect, test } from "./product.ts";

async function openChart(page: Page): Promise<void> {
  await page.goto("/symbols/SIM%3APEP?interval=1m");
  await expect(page.getByRole("status", { name: "Last price" }).first()).toHaveText(/\d/, { timeout: 30_000 });
  await expect(page.locator("footer.foot")).toContainText(/\d+ bars/, { timeout: 60_000 });
}

async function signInAbove(page: Page, password: string): Promise<void> {
  const form = page.getByRole("dialog", { name: "Sign in" });
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await form.getByLabel("Name").fill("admin");
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Account: admin" })).toBeVisible();
}

/** A horizontal line, so many steps above the newest close. */
async function drawLine(page: Page, steps: number): Promise<void> {
  await page.locator(".plot").focus();
  await page.keyboard.press("Alt+h");
  for (let press = 0; press < steps; press++) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
}

/** By their list, for a line may be out of sight. What another device did is asked for every 15 s, and when the network is back. */
async function expectLines(page: Page, count: number): Promise<void> {
  await page.locator(".plot").focus();
  await page.keyboard.press("Alt+o");
  const list = page.getByRole("dialog", { name: "Drawings" });
  await expect(list).toBeVisible();
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(list.getByRole("listitem")).toHaveCount(count, { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
}

test("drawings of who is signed in are on each device, also those that were made where the server did not answer", async ({
  browser,
  page,
  product,
}) => {
  await openChart(page);
  await drawLine(page, 2);
  await expectLines(page, 1);
  await signInAbove(page, product.password);
  await expect(page.getByText("One drawing of SIM:PEP from before you signed in")).toBeVisible();
  await page.getByRole("button", { name: "Move to the server" }).click();
  await expect(page.getByText("One drawing of SIM:PEP moved to the server")).toBeVisible();
  await expectLines(page, 1);
  await drawLine(page, 6);
  await expectLines(page, 2);

  const other = await browser.newPage({ baseURL: product.url });
  await openChart(other);
  await expectLines(other, 0);
  await signInAbove(other, product.password);
  await expectLines(other, 2);

  await page.context().setOffline(true);
  await drawLine(page, 10);
  await expect(page.getByText("They wait in this browser")).toBeVisible();
  await expectLines(page, 3);
  await page.context().setOffline(false);
  await expectLines(other, 3);

  await other.locator(".plot").focus();
  await other.keyboard.press("Alt+o");
  const list = other.getByRole("dialog", { name: "Drawings" });
  await list.getByRole("button", { name: "Remove all" }).click();
  await expectLines(page, 0);
  await list.getByRole("button", { name: "Undo" }).first().click();
  await expectLines(page, 3);
  await other.close();

  await page.getByRole("button", { name: "Account: admin" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expectLines(page, 0);
});
