import type { Page } from "@playwright/test";
import type { BarsPage } from "#lib/contracts/views.ts";
import { expect, test } from "./product.ts";

const RATIO = "SIM:AAPL/SIM:MSFT";
const ADDRESS = `/symbols/${encodeURIComponent(RATIO)}`;

const chartOf = (page: Page) => page.getByRole("region", { name: "Chart" });
const lastOf = (page: Page) => chartOf(page).getByRole("status", { name: "Last price" });

test("the ratio of two is typed into the search, opened by a key and lives as either leg ticks", async ({
  page,
  product,
}) => {
  await page.goto("/");
  await expect(page.getByRole("row", { name: /AAPL/ }).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Ticker, name/ }).fill("aapl/msft");
  const option = page.getByRole("option", { name: /AAPL\/MSFT/ });
  await expect(option).toContainText("SIM:AAPL divided by SIM:MSFT");
  await expect(page.getByText("ratio, A − B spread")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${encodeURIComponent(RATIO)}$`));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("/");
  await expect(page.locator("div.head")).toContainText("SIMULATED");

  await page.goto(`${ADDRESS}?interval=1m`);
  await expect(lastOf(page)).toHaveText(/\d/);
  const before = await lastOf(page).innerText();
  await expect(lastOf(page)).not.toHaveText(before, { timeout: 30_000 });
  await page.reload();
  await expect(page.locator("footer.foot")).toContainText("a ratio, without a unit");
  const both = async (): Promise<string> => {
    const answer = await fetch(
      `${product.url}/api/v1/bars.page?symbol=${encodeURIComponent(RATIO)}&interval=1m&limit=1`,
    );
    const { bars } = (await answer.json()) as BarsPage;
    const shown = await lastOf(page).innerText();
    return shown === bars.at(-1)?.close.toFixed(shown.split(".")[1]?.length)
      ? "the same"
      : `${shown} and ${bars.at(-1)?.close}`;
  };
  await expect.poll(both, { timeout: 30_000, intervals: [200] }).toBe("the same");
});

test("its page leads to its legs and says what it has not", async ({ page }) => {
  await page.goto(`${ADDRESS}?interval=1s&ind=sma:3&type=line`);
  const chart = chartOf(page);
  await expect(page.locator("footer.foot")).toContainText(/[1-9]\d+ bars/, { timeout: 60_000 });
  await expect(chart.getByText("SMA 3")).toBeVisible();
  await expect(chart.getByText(/nothing of it is traded itself/)).toBeVisible();
  await expect(chart.getByText("H ≤")).toBeVisible();
  await expect(page.getByRole("region", { name: "Time and sales" })).toHaveCount(0);
  await expect(page.getByRole("toolbar", { name: "View" }).getByRole("button", { name: "Alert" })).toHaveCount(0);
  await page.keyboard.press("Alt+w");
  await expect(page.getByRole("region", { name: "How it is made" })).toContainText("High and low are bounds");
  const legs = page.getByRole("region", { name: "Legs" });
  await expect(legs.getByRole("link")).toHaveCount(2);
  await expect(legs.getByRole("listitem").first()).toContainText(/SIM:AAPL.*\d\.\d\d/);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // Where a bar comes from: both bars, their trades, their pages.
  await chart.getByRole("group").focus();
  for (let steps = 0; steps < 4; steps++) await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Enter");
  const lineage = page.getByRole("dialog", { name: "Lineage" });
  await expect(lineage.getByRole("region", { name: "SIM:AAPL" })).toContainText("partition");
  await expect(lineage.getByRole("button", { name: "Trades of MSFT" })).toBeVisible();
  await lineage.getByRole("link", { name: "SIM:MSFT" }).click();
  await expect(page).toHaveURL(/SIM%3AMSFT\?interval=1s/);
});

test("a spread is compared like a symbol, goes below zero, and its bars can be taken away", async ({
  page,
  product,
}) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1m");
  await expect(lastOf(page)).toHaveText(/\d/);
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("combobox", { name: "Symbol to compare with" }).fill("AAPL - NVDA");
  await expect(page.getByRole("option", { name: /AAPL − NVDA/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(chartOf(page).locator(".compared-key")).toContainText("SIM:AAPL-SIM:NVDA");

  // A page asks the source for the days of both; the files are of what is there.
  const lastDay = async (symbol: string): Promise<string[]> => {
    const of = `symbol=${encodeURIComponent(symbol)}&interval=1d`;
    await fetch(`${product.url}/api/v1/bars.page?${of}`);
    const answer = await fetch(`${product.url}/api/bars.csv?${of}`);
    expect(answer.headers.get("x-tapedeck-data")).toBe("SIMULATED");
    const days = (await answer.text()).trimEnd().split("\n").slice(1);
    return days.at(-2)?.split(",") ?? [];
  };
  await expect.poll(() => lastDay("SIM:AAPL-SIM:MSFT"), { timeout: 60_000 }).not.toEqual([]);
  const [a, b] = await Promise.all(["SIM:AAPL-SIM:MSFT", "SIM:MSFT-SIM:AAPL"].map(lastDay));
  expect(Number(a?.[4])).toBeCloseTo(-Number(b?.[4]), 6);
  expect(Number(a?.[4])).not.toBe(0);
  const negative = Number(a?.[4]) < 0 ? "SIM:AAPL-SIM:MSFT" : "SIM:MSFT-SIM:AAPL";
  await page.goto(`/symbols/${encodeURIComponent(negative)}?interval=1d&scale=log`);
  await expect(lastOf(page)).toHaveText(/^−\d/);
  await expect(page.locator("footer.foot")).toContainText("USD, tick 0.01");
});

test("without one of its legs there is none", async ({ page }) => {
  await page.goto(`/symbols/${encodeURIComponent("SIM:AAPL/SIM:NOTHING")}`);
  await expect(page.getByRole("heading", { name: /made of a ticker that there is not/ })).toBeVisible();
});

test("on a phone it stands under each other", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${ADDRESS}?interval=1m`);
  await expect(lastOf(page)).toHaveText(/\d/);
  await expect(page.getByRole("region", { name: "Legs" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
