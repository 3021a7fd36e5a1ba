import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Download, Page } from "@playwright/test";
import { parquetReadObjects } from "hyparquet";
import { expect, test } from "./product.ts";

/** A chart of seconds, of which there are some soon after the first start. */
async function openChart(page: Page): Promise<void> {
  const stored = async (): Promise<number> => {
    const response = await page.request.get("/api/bars.csv?symbol=SIM:AAPL&interval=1s");
    return (await response.text()).split("\n").length;
  };
  await expect.poll(stored, { timeout: 60_000 }).toBeGreaterThan(15);
  await page.goto("/symbols/SIM%3AAAPL?interval=1s");
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/);
}

async function take(page: Page, what: string): Promise<{ download: Download; content: Buffer }> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: what }).click(),
  ]);
  return { download, content: readFileSync(await download.path()) };
}

test("what the chart shows is taken away as files of the same bars", async ({ page }) => {
  await openChart(page);
  const csv = await take(page, "Bars as CSV");
  const parquet = await take(page, "Bars as Parquet");
  expect([csv, parquet].map(({ download }) => download.suggestedFilename())).toEqual([
    "SIMULATED-SIM-AAPL-1s.csv",
    "SIMULATED-SIM-AAPL-1s.parquet",
  ]);
  const lines = csv.content.toString().trim().split("\n").slice(1);
  const inCsv = new Map(lines.map((line) => [Date.parse(line.split(",")[0] ?? ""), Number(line.split(",")[4])]));
  const rows = (await parquetReadObjects({ file: new Uint8Array(parquet.content).buffer })) as {
    time: Date;
    close: number;
  }[];
  // Between the two the chart moved on by some bars, and the newest of the first went on forming.
  const shared = rows.filter(({ time }) => inCsv.has(time.getTime())).slice(0, -3);
  expect(shared.length).toBeGreaterThan(lines.length - 10);
  expect(shared.map(({ time, close }) => [time.getTime(), close])).toEqual(
    shared.map(({ time }) => [time.getTime(), inCsv.get(time.getTime())]),
  );
});

test("its picture is what is drawn, with what it shows written on it", async ({ page }, { outputDir }) => {
  await openChart(page);
  const svg = await take(page, "Picture as SVG");
  const text = svg.content.toString();
  expect(svg.download.suggestedFilename()).toMatch(/^SIMULATED-SIM-AAPL-1s-\d{4}-\d\d-\d\d\.svg$/);
  expect(text).toMatch(/SIM:AAPL · 1s · \d{4}-\d\d-\d\d \d\d:\d\d – .* · UTC/);
  expect(text).toContain(">SIMULATED</text>");
  // Nothing that only the page's style sheets could tell.
  expect(text).not.toContain("var(--");
  expect(text.match(/<svg /g)?.length).toBeGreaterThanOrEqual(3);

  const png = await take(page, "Picture as PNG");
  const size = { width: png.content.readUInt32BE(16), height: png.content.readUInt32BE(20) };
  const plot = await page.locator(".panel.chart .plot").boundingBox();
  expect(size.width).toBe(Math.floor(2 * (plot?.width ?? 0)));
  expect(size.height).toBe(Math.floor(2 * ((plot?.height ?? 0) + 36)));
  await png.download.saveAs(`${outputDir}/chart.png`);
});

test("a phone has the same in a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openChart(page);
  const sheet = page.getByRole("menu", { name: "More" });
  await page.getByRole("button", { name: "More", exact: true }).click();
  await expect(sheet.getByRole("menuitem", { name: "Bars as CSV" })).toBeVisible();
  const box = await sheet.boundingBox();
  expect([box?.x, box?.width, (box?.y ?? 0) + (box?.height ?? 0)]).toEqual([0, 390, 844]);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("button", { name: "More", exact: true })).toBeFocused();
});

test("the page for programs lists what there is, its examples run, and axe finds nothing", async ({ page }) => {
  await page.goto("/api/docs");
  await expect(page.getByRole("heading", { name: /GET \/api\/v1\/bars\.page/ })).toBeVisible();
  const bars = page.locator('[id="/api/v1/bars.page"]');
  await expect(bars.getByRole("row", { name: /limit whole number, 1 to 2,000/ })).toBeVisible();
  await bars.getByRole("button", { name: /^Run/ }).click();
  await expect(bars.getByRole("status")).toContainText('"symbol": "SIM:AAPL"');
  const stream = page.locator('[id="/api/stream"]');
  await stream.getByRole("button", { name: /^Run/ }).click();
  await expect(stream.getByRole("status")).toContainText("event: quote");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
