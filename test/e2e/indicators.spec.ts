import type { Page } from "@playwright/test";
import type { IndicatorValues } from "#lib/contracts/views.ts";
import { expect, test } from "./product.ts";

async function openChart(page: Page, query: string) {
  await page.goto(`/symbols/SIM%3AAAPL?interval=1s${query}`);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/, { timeout: 30_000 });
  return chart;
}

test("an indicator is found by keys, added, changed, removed and brought back, and the address keeps it", async ({
  page,
}) => {
  const chart = await openChart(page, "");
  await page.keyboard.press("/");
  const dialog = page.getByRole("dialog", { name: "Indicators" });
  await page.keyboard.type("exponential");
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Indicator" }).fill("rsi");
  await page.keyboard.press("Enter");
  const length = dialog.getByRole("spinbutton", { name: "Length of EMA 20" });
  await length.fill("0");
  await expect(dialog.getByRole("alert")).toHaveText("1 to 500");
  await length.fill("5");
  await dialog.getByRole("combobox", { name: "Colour of EMA 5" }).selectOption("violet");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/ind=vwap%3A0%2Cema%3A5.violet%2Crsi%3A14/);
  await page.reload();
  await expect(chart.getByText("EMA 5")).toBeVisible();
  await expect(chart.getByText("RSI 14")).toBeVisible();
  await chart.getByRole("button", { name: "Remove RSI 14" }).click();
  await expect(chart.getByText("RSI 14")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chart.getByText("RSI 14")).toBeVisible();
});

test("the number beside the chart is the one that the API gives", async ({ page, product }) => {
  const chart = await openChart(page, "&ind=sma:3");
  const shown = chart.locator(".overlays .ind-key");
  const both = async (): Promise<string> => {
    const now = Date.now() * 1_000;
    const input = {
      symbol: "SIM:AAPL",
      interval: "1s",
      from: now - 60_000_000,
      to: now + 5_000_000,
      indicators: ["sma:3"],
    };
    const answer = await fetch(
      `${product.url}/api/trpc/indicators.values?input=${encodeURIComponent(JSON.stringify(input))}`,
    );
    const { result } = (await answer.json()) as { result: { data: IndicatorValues } };
    const value = result.data.indicators[0]?.lines[0]?.values.at(-1);
    const text = await shown.innerText();
    return text.includes(value?.toFixed(2) ?? "none") ? "the same" : `${value} in ${text}`;
  };
  await expect.poll(both, { timeout: 30_000, intervals: [200] }).toBe("the same");
});

test("symbols are compared in percent, added by the search and removed in the legend", async ({ page }) => {
  const chart = await openChart(page, "&compare=SIM:MSFT");
  await expect(chart.getByText(/SIM:MSFT/)).toBeVisible();
  await expect(chart.locator(".compared-key")).toContainText("%");
  await page.getByRole("button", { name: "Compare" }).click();
  const found = page.getByRole("option", { name: /NVDA/ });
  await page.getByRole("combobox", { name: "Symbol to compare with" }).fill("nvda");
  await expect(found).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/compare=SIM%3AMSFT%2CSIM%3ANVDA/);
  await expect(chart.locator(".compared-key").last()).toContainText(/SIM:NVDA[+−]?\d/);
  await chart.getByRole("button", { name: "Remove SIM:MSFT" }).click();
  await expect(page).toHaveURL(/compare=SIM%3ANVDA/);
});

test("on a phone the dialog is a sheet at the bottom", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openChart(page, "&ind=vwap,rsi:14");
  await page.getByRole("button", { name: "Indicators" }).click();
  const sheet = page.locator(".palette.indicators");
  const box = await sheet.boundingBox();
  expect(box && Math.round(box.y + box.height)).toBe(844);
  expect(box?.y).toBeGreaterThan(100);
});
