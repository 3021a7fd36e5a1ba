import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./product.ts";

const panel = (page: Page, name: string | RegExp): Locator => page.getByRole("region", { name });
const TWO_CHARTS =
  "/desk?grid=h2.50.1.50.2&1=chart&1.symbol=SIM%3AAAPL&1.interval=1m&2=chart&2.symbol=SIM%3AMSFT&2.interval=1m";

/** Both charts have their history: crosshairs and ranges have something to agree on. */
async function openTwo(page: Page): Promise<Locator[]> {
  await page.goto(TWO_CHARTS);
  const charts = [panel(page, "Chart, SIM:AAPL"), panel(page, "Chart, SIM:MSFT")];
  for (const chart of charts) {
    await expect(chart.locator(".plot")).toContainText(/\d\d closed bars of 1m/, { timeout: 90_000 });
  }
  return charts;
}

/** What the crosshair says on the axes. */
const crosshairTags = async (chart: Locator | undefined): Promise<string[]> =>
  (await chart?.locator("g:has(> path.cross) > text").allTextContents()) ?? [];

test("panels are split, linked, closed and brought back, and the link restores them", async ({ page }) => {
  await page.goto("/desk?grid=1&1=chart&1.symbol=SIM%3AAAPL&1.link=a&1.interval=1m");
  await panel(page, "Chart, SIM:AAPL").getByRole("button", { name: "Panel: Chart" }).click();
  await page.getByRole("menuitem", { name: "Split, one beside the other" }).click();
  await expect(panel(page, "Chart, SIM:AAPL")).toHaveCount(2);
  await panel(page, "Chart, SIM:AAPL").nth(1).getByRole("button", { name: "Panel: Chart" }).click();
  await page.getByRole("menuitemradio", { name: "Time and sales" }).click();
  const tape = panel(page, "Time and sales, SIM:AAPL");
  await expect(tape.getByRole("table")).toContainText(/\d\d:\d\d:\d\d/);

  // Linked, they go to another symbol together.
  await page.keyboard.type("msft");
  await page.getByRole("option", { name: /MSFT/ }).first().waitFor();
  await page.keyboard.press("Enter");
  await expect(panel(page, "Chart, SIM:MSFT")).toBeVisible();
  await expect(panel(page, "Time and sales, SIM:MSFT")).toBeVisible();
  await expect(page).toHaveURL(/grid=h2\.50\.1\.50\.2&.*2=tape&2\.symbol=SIM%3AMSFT/);
  await page.reload();
  await expect(panel(page, "Time and sales, SIM:MSFT").getByRole("table")).toContainText(/\d\d:\d\d:\d\d/);

  await panel(page, "Time and sales, SIM:MSFT").getByRole("button", { name: "Panel: Time and sales" }).click();
  await page.getByRole("menuitem", { name: "Close" }).click();
  await expect(panel(page, "Time and sales, SIM:MSFT")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(panel(page, "Time and sales, SIM:MSFT")).toBeVisible();
});

test("a row of the watchlist drives the panels of its colour", async ({ page }) => {
  await page.goto("/desk");
  const list = panel(page, "Watchlist").first();
  await list.getByRole("gridcell", { name: "MSFT" }).first().click();
  await expect(panel(page, "Chart, SIM:MSFT")).toBeVisible();
  await expect(panel(page, "Time and sales, SIM:MSFT")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(panel(page, "Chart, SIM:MSFT")).toHaveCount(0);
  await expect(panel(page, /^Chart, SIM:/)).toBeVisible();
});

test("a desk is kept by its name, changed, opened again, removed and brought back", async ({ page }) => {
  await page.goto(TWO_CHARTS);
  await expect(panel(page, "Chart, SIM:MSFT")).toBeVisible();
  const menu = page.getByRole("toolbar", { name: "Desk", exact: true }).getByRole("button", { name: /^Desk/ });
  await menu.click();
  await page.getByRole("menuitem", { name: "Save as…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Morning");
  await page.keyboard.press("Enter");
  await expect(menu).toHaveText("Morning");
  await page.getByRole("button", { name: "Arrange the panels" }).click();
  await page.getByRole("menuitemradio", { name: "One chart" }).click();
  await expect(menu).toHaveText("Morning, changed");
  await expect(page).toHaveURL(/grid=1&.*saved=/);
  await page.reload();
  await expect(menu).toHaveText("Morning, changed");
  await menu.click();
  await page.getByRole("menuitemradio", { name: "Morning" }).click();
  await expect(panel(page, "Chart, SIM:MSFT")).toBeVisible();
  await expect(menu).toHaveText("Morning");
  await menu.click();
  await page.getByRole("menuitem", { name: "Remove “Morning”" }).click();
  await expect(menu).toHaveText("Desks");
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(menu).toHaveText("Morning");
});

test("seams are moved by keys, one panel is shown alone, and F6 goes from panel to panel", async ({ page }) => {
  await openTwo(page);
  await page.getByRole("separator").focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page).toHaveURL(/grid=h2\.60\.1\.40\.2/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/grid=h2\.50\.1\.50\.2/);
  await page.keyboard.press("F6");
  await page.keyboard.press("F6");
  await page.keyboard.press("Alt+m");
  await expect(page).toHaveURL(/alone=/);
  await expect(page.locator(".desk-panel")).toHaveCount(1);
  await page.keyboard.press("Alt+m");
  await expect(page.locator(".desk-panel")).toHaveCount(2);
});

test("keys are those of the active panel", async ({ page }) => {
  const [left, right] = await openTwo(page);
  await right?.locator(".plot").focus();
  await page.keyboard.press("4");
  await expect(page).toHaveURL(/2\.interval=1h/);
  await expect(page).toHaveURL(/1\.interval=1m/);
  await left?.locator(".plot").focus();
  await page.keyboard.press("2");
  await page.keyboard.press("Alt+l");
  await expect(page).toHaveURL(/1\.scale=log/);
  await expect(page).not.toHaveURL(/2\.scale/);
});

test("crosshairs stand at one time, and ranges are one where that is wanted", async ({ page }) => {
  const [left, right] = await openTwo(page);
  const plot = left?.locator(".plot");
  const box = await plot?.boundingBox();
  if (!plot || !box) throw new Error("no chart");
  await plot.focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press("Shift+ArrowLeft");
  // Where it is led there are price and time, elsewhere the time alone.
  await expect.poll(async () => (await crosshairTags(left)).length).toBe(2);
  expect(await crosshairTags(right)).toEqual((await crosshairTags(left)).slice(1));

  // From one chart to another at once: the one that is left must not take the crosshair of the one that is entered.
  const other = await right?.locator(".plot").boundingBox();
  if (!other) throw new Error("no second chart");
  await page.mouse.move(box.x + 200, box.y + 200);
  await expect.poll(async () => (await crosshairTags(left)).length).toBe(2);
  await Promise.all([page.mouse.move(box.x + 210, box.y + 200), page.mouse.move(other.x + 200, other.y + 200)]);
  await expect.poll(async () => (await crosshairTags(right)).length).toBe(2);

  await page.getByRole("button", { name: "Range", exact: true }).click();
  await plot.hover();
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 20, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/1\.to=/);
  await expect(page).toHaveURL(/2\.to=/);
  const address = () => new URL(page.url()).searchParams;
  await expect.poll(() => address().get("2.to") === address().get("1.to")).toBe(true);
  expect(address().get("sync")).toBe("range");
});

test("axe finds nothing serious, in either theme", async ({ page }) => {
  await page.goto("/desk");
  await expect(panel(page, /^Chart, /).locator(".readout")).toContainText(/O\d/, { timeout: 60_000 });
  for (const theme of ["dark", "light"]) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  }
});
