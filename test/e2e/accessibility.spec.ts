import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./product.ts";

/** What axe finds serious or critical. */
async function serious(page: Page, themes: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const theme of themes) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact === "serious" || impact === "critical") found.push(`${theme} ${id}: ${nodes[0]?.html ?? ""}`);
    }
  }
  return found;
}

const BOTH = ["dark", "light"];
const LIGHT = ["light"];

for (const [path, themes] of [
  ["/", BOTH],
  ["/symbols/SIM%3AAAPL", BOTH],
  ["/search?q=app", LIGHT],
  ["/alerts", LIGHT],
  ["/admin/tickers", LIGHT],
  ["/admin/log", LIGHT],
  ["/admin/people", LIGHT],
  ["/symbols/SIM%3AAAPL?interval=1m&compare=SIM:MSFT,SIM:KO", LIGHT],
] as const) {
  test(`axe finds nothing serious at ${path}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("main")).toContainText(/AAPL|Apple|No alerts|fired|Sign in/);
    expect(await serious(page, themes)).toEqual([]);
  });
}

for (const [name, key] of [
  ["Indicators", "/"],
  ["Keys", "?"],
  ["Search", "Control+k"],
] as const) {
  test(`axe finds nothing serious in the dialog ${name}`, async ({ page }) => {
    await page.goto("/symbols/SIM%3AAAPL?interval=1m");
    await expect(page.getByRole("status", { name: "Last price" })).toHaveText(/\d/);
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    expect(await serious(page, LIGHT)).toEqual([]);
  });
}
