import { AxeBuilder } from "@axe-core/playwright";
import { readConfig } from "#lib/config/config.ts";
import type { AlertRule } from "#lib/contracts/alerts.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { alertRule } from "../unit/alerts/lines.ts";
import { expect, signIn, test } from "./product.ts";

test("an alert made on the chart fires, is told, stands in the log with its tick, and can be paused, removed and brought back", async ({
  page,
  product,
}) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1m");
  await expect(page.getByRole("region", { name: "Chart" }).getByRole("status", { name: "Last price" })).toHaveText(
    /\d/,
  );

  // By its key, at the newest price.
  await page.keyboard.press("Alt+w");
  const dialog = page.getByRole("dialog", { name: "New alert on SIM:AAPL" });
  await expect(dialog.getByLabel("Level")).toHaveValue(/^\d+\.\d\d$/);
  await dialog.getByLabel("Password").fill(product.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  // Once would take the line from the chart as soon as the price crosses it.
  await dialog.getByLabel("Fires").selectOption("Every time");
  await expect(dialog.getByText(/in the last 7 days|stored of the last 7 days/)).toBeVisible();
  await dialog.getByLabel("Note").fill("at the last price");
  const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
  expect(violations).toEqual([]);
  await dialog.getByRole("button", { name: "Create alert" }).click();
  await expect(page.locator(".alert-level text")).toContainText("at the last price");

  // By the button, one that holds already.
  await page.getByRole("toolbar", { name: "View" }).getByRole("button", { name: "Alert" }).click();
  await dialog.getByLabel("Condition").selectOption("Price at or above");
  await dialog.getByLabel("Level").fill("none");
  await expect(dialog.getByRole("button", { name: "Create alert" })).toBeDisabled();
  await dialog.getByLabel("Level").fill("1");
  await dialog.getByLabel("Note").fill("holds already");
  await dialog.getByRole("button", { name: "Create alert" }).click();
  await expect(page.locator(".toasts")).toContainText("holds already", { timeout: 20_000 });
  await page.getByRole("link", { name: /^Alerts, [12] not seen$/ }).click();

  const log = page.getByRole("region", { name: "Log of alerts" });
  const fired = log.getByRole("listitem").filter({ hasText: "holds already" });
  await expect(fired).toContainText(/ticks \d, offset [\d,]+, line \d+/);
  await expect(fired).toContainText("told to open pages");
  const rules = page.getByRole("region", { name: "Rules" });
  const rule = rules.getByRole("row").filter({ hasText: "at the last price" });
  await expect(rules.getByRole("row").filter({ hasText: "holds already" })).toContainText("Fired");
  await expect(page.getByRole("link", { name: "Alerts", exact: true })).toHaveCount(2);

  const action = async (name: string): Promise<void> => {
    await rule.getByRole("button", { name: "Actions for the alert on SIM:AAPL" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  await action("Edit");
  const editing = page.getByRole("dialog", { name: "Alert on SIM:AAPL" });
  await editing.getByLabel("Condition").selectOption("Price at or below");
  await editing.getByLabel("Level").fill("1");
  await editing.getByRole("button", { name: "Save" }).click();
  await expect(rule).toContainText("price at or below 1.00");
  await action("Pause");
  await expect(rule).toContainText("Paused");
  await action("Remove");
  await expect(rule).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rule).toContainText("Paused");
  await action("Remove");
  await expect(rule).toHaveCount(0);

  await fired.getByRole("link", { name: /^Lineage of the bar/ }).click();
  await expect(page.getByRole("dialog", { name: "Lineage" })).toContainText(/offset/);
});

test("a rule that cannot be read says so and why, and an admin can be rid of it", async ({ page, product }) => {
  const elasticsearch = createElasticsearch(readConfig(product.environment));
  const broken: unknown = { ...alertRule(1), id: "of-another-version", symbol: 7 };
  await elasticsearch.alerts.createRule(broken as AlertRule);
  await elasticsearch.close();
  await page.goto("/admin/tickers");
  await signIn(page, product.password);
  await expect(page.getByRole("region", { name: "Sign in" })).toBeHidden();
  await page.goto("/alerts");
  const unread = page.getByRole("list", { name: "Rules that cannot be read" });
  await expect(unread).toContainText("Rule of-another-version cannot be read and watches for nothing.");
  await expect(unread).toContainText("symbol");
  await unread.getByRole("button", { name: "Remove" }).click();
  const asked = page.getByRole("dialog", { name: "Remove a rule that cannot be read" });
  await expect(asked).toContainText("of-another-version is gone for good");
  await asked.getByRole("button", { name: "Remove" }).click();
  await expect(unread).toBeHidden();
});
