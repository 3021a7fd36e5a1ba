import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./product.ts";

const THEIRS = "a tape of many trades";

/** By the button of the bar above every page. */
async function signInAbove(page: Page, name: string, password: string): Promise<void> {
  const form = page.getByRole("dialog", { name: "Sign in" });
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: `Account: ${name}` })).toBeVisible();
}

/** Fills the form with what it refuses, then with what it takes. */
async function addTom(page: Page): Promise<void> {
  const form = page.getByRole("region", { name: "Add a person" });
  await form.getByLabel("Name").fill("Tom Trader");
  await expect(form.getByRole("alert")).toContainText("small letters and digits");
  await form.getByLabel("Name").fill("tom");
  await form.getByRole("radio", { name: /^Trader/ }).check();
  await form.getByLabel("New password").fill("too short");
  await expect(form.getByRole("status")).toHaveText("Too short: 9 of at least 12 characters");
  await form.getByLabel("New password").fill(THEIRS);
  await form.getByLabel("Once more").fill(THEIRS);
  await form.getByRole("button", { name: "Add person" }).click();
}

/** Takes an action of the menu of tom, which closes when the list is read again. */
async function act(page: Page, action: string): Promise<void> {
  const item = page.getByRole("menuitem", { name: action });
  await expect(async () => {
    if (!(await item.isVisible())) await page.getByRole("button", { name: "Actions for tom" }).click();
    await item.click({ timeout: 1_000 });
  }).toPass();
}

test("an admin adds a trader, who makes an alert, is told which role a ticker needs, and is out when disabled", async ({
  page,
  product,
  browser,
}) => {
  await page.goto("/admin/people");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("admin");
  await signIn(page, product.password);
  const people = page.getByRole("region", { name: "People" });
  await expect(people.getByRole("row", { name: /^admin/ })).toContainText("its password is the configured one");

  await addTom(page);
  const row = people.getByRole("row", { name: /^tom/ });
  await expect(row).toContainText("Trader");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

  const theirs = await browser.newPage({ baseURL: product.url });
  await theirs.goto("/symbols/SIM%3AAMZN?interval=1m");
  await expect(theirs.getByRole("status", { name: "Last price" })).toHaveText(/\d/);
  await signInAbove(theirs, "tom", THEIRS);
  await theirs.getByRole("toolbar", { name: "View" }).getByRole("button", { name: "Alert" }).click();
  const alert = theirs.getByRole("dialog", { name: "New alert on SIM:AMZN" });
  await alert.getByLabel("Note").fill("of a trader");
  await alert.getByRole("button", { name: "Create alert" }).click();
  await expect(alert).toBeHidden();
  await theirs.goto("/alerts");
  const rule = theirs.getByRole("region", { name: "Rules" }).getByRole("row").filter({ hasText: "of a trader" });
  await expect(rule).toContainText("tom");
  await theirs.goto("/admin/tickers");
  await expect(theirs.getByRole("region", { name: "Not permitted" })).toContainText("needs the role admin");

  await act(page, "Disable");
  await expect(row).toContainText("Disabled");
  await theirs.goto("/alerts");
  await expect(theirs.getByRole("button", { name: "Sign in" })).toBeVisible();
  await theirs.close();

  await act(page, "Remove");
  await page.getByRole("dialog", { name: "Remove tom" }).getByRole("button", { name: "Remove" }).click();
  await expect(row).toContainText("Removed");
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(row).toContainText("Disabled");

  await act(page, "Show their log");
  const log = page.getByRole("region", { name: "Audit log" });
  await expect(log).toContainText("Alert added");
  await expect(log).toContainText("Person disabled");
  await expect(log.getByRole("listitem").filter({ hasText: "Ticker" })).toHaveCount(0);
});

test("who is signed in changes their own password by keys alone, and goes on", async ({ page, product }) => {
  await page.goto("/admin/people");
  await page.getByLabel("Password").fill(product.password);
  await page.keyboard.press("Enter");
  const form = page.getByRole("region", { name: "Add a person" });
  await form.getByLabel("Name").fill("vera");
  await form.getByRole("button", { name: "Generate one" }).click();
  const generated = await form.getByLabel("New password").inputValue();
  expect(generated).toMatch(/^([a-z1-9]{5}-){3}[a-z1-9]{5}$/);
  await form.getByRole("button", { name: "Add person" }).click();
  await expect(page.getByRole("region", { name: "People" })).toContainText("vera");
  await page.getByRole("button", { name: "Account: admin, admin" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();

  await signInAbove(page, "vera", generated);
  await page.getByRole("button", { name: "Account: vera, viewer" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Change password" });
  await dialog.getByLabel("Present password").fill("not the one it is");
  await dialog.getByLabel("New password").fill(THEIRS);
  await dialog.getByLabel("Once more").fill(THEIRS);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("not your present password");
  await dialog.getByLabel("Present password").fill(generated);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await page.reload();
  await expect(page.getByRole("button", { name: "Account: vera, viewer" })).toBeVisible();
});
