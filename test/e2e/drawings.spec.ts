import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import type { BarsPage } from "#lib/contracts/views.ts";
import { expect, test } from "./product.ts";

interface Point {
  time: number;
  price: number;
}

interface Kept {
  kind: string;
  points: Point[];
}

/** The chart of a symbol with its bars drawn, and the keys its own. */
async function openChart(page: Page, query = ""): Promise<Locator> {
  await page.goto(`/symbols/SIM%3AAAPL?interval=1m${query}`);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/, { timeout: 30_000 });
  // History that comes while something is drawn would move the bars under the pointer.
  await expect(page.locator("footer.foot")).toContainText(/\d{3} bars/, { timeout: 60_000 });
  await page.locator(".plot").focus();
  return chart;
}

/** What the browser keeps of the symbol. */
const kept = (page: Page): Promise<Kept[]> =>
  page.evaluate(() => {
    const text = localStorage.getItem("tapedeck-drawings|SIM:AAPL");
    return text === null ? [] : (JSON.parse(text) as { drawings: Kept[] }).drawings;
  });

const drawn = (page: Page): Locator => page.locator(".drawings .drawing");

/** Where something stands on the page. */
async function middleOf(of: Locator): Promise<[number, number]> {
  const box = await of.boundingBox();
  if (!box) throw new Error("it is not drawn");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

async function plotAt(page: Page): Promise<(x: number, y: number) => { x: number; y: number }> {
  const box = await page.locator(".plot").boundingBox();
  if (!box) throw new Error("there is no plot");
  return (x, y) => ({ x: box.x + x, y: box.y + y });
}

/** Two clicks, or as many as there are places. */
async function click(page: Page, ...places: readonly (readonly [number, number])[]): Promise<void> {
  const at = await plotAt(page);
  for (const [dx, dy] of places) {
    const { x, y } = at(dx, dy);
    await page.mouse.move(x, y, { steps: 3 });
    await page.mouse.click(x, y);
  }
}

/** Where the close of a bar stands, so many bars before the newest. */
async function closeOfBar(page: Page, back: number): Promise<[number, number]> {
  for (let press = 0; press <= back; press++) await page.keyboard.press("Shift+ArrowLeft");
  const path = await page.locator("path.cross").getAttribute("d");
  const [, x, y] = /^M([\d.]+) .*M0 ([\d.]+)H/.exec(path ?? "") ?? [];
  await page.keyboard.press("Escape");
  return [Number(x), Number(y)];
}

test("a trend line takes the prices of bars, and survives a reload, another interval and scale; undo takes it back", async ({
  page,
  product,
}) => {
  await openChart(page);
  const [x, y] = await closeOfBar(page, 6);
  await page.keyboard.press("Alt+t");
  await expect(page.getByRole("toolbar", { name: "Drawing: Trend line" })).toContainText("first point");
  await click(page, [x - 210, 200], [x + 2, y + 4]);
  await expect(drawn(page)).toHaveCount(1);
  const [line] = await kept(page);
  const [, end] = line?.points ?? [];
  const input = { symbol: "SIM:AAPL", interval: "1m", to: (end?.time ?? 0) + 1, limit: 1 };
  const answer = await fetch(`${product.url}/api/trpc/bars.page?input=${encodeURIComponent(JSON.stringify(input))}`);
  const { result } = (await answer.json()) as { result: { data: BarsPage } };
  const bar = result.data.bars.at(-1);
  expect(bar?.start).toBe(end?.time);
  expect([bar?.open, bar?.high, bar?.low, bar?.close]).toContain(end?.price);

  const path = await page.locator(".drawings path.stroke").getAttribute("d");
  await page.getByRole("button", { name: "5m", exact: true }).click();
  await expect(page).not.toHaveURL(/interval=1m/);
  await expect(drawn(page)).toHaveCount(1);
  await expect(page.locator(".drawings path.stroke")).not.toHaveAttribute("d", path ?? "");
  await page.locator(".plot").focus();
  await page.keyboard.press("Alt+l");
  await expect(drawn(page)).toHaveCount(1);
  expect(await kept(page)).toEqual([line]);
  await page.reload();
  await expect(drawn(page)).toHaveCount(1);
  expect(await kept(page)).toEqual([line]);

  await page.locator(".plot").focus();
  await page.keyboard.press("Alt+h");
  await click(page, [300, 300]);
  await expect(drawn(page)).not.toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(drawn(page)).toHaveCount(1);
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(async () => (await kept(page)).length).toBe(2);
});

test("keys alone draw, move, list and remove, and axe finds nothing", async ({ page }) => {
  await openChart(page);
  await page.keyboard.press("Alt+h");
  for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowLeft");
  for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowUp");
  const status = page.getByRole("status").filter({ hasText: /Horizontal line/ });
  await expect(status).toContainText(/at \d+\.\d\d.*Enter places it/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("toolbar", { name: "Selected: Horizontal line" })).toBeVisible();
  const [placed] = await kept(page);
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(async () => (await kept(page))[0]?.points[0]?.price).toBeGreaterThan(placed?.points[0]?.price ?? 0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => kept(page)).toEqual([placed]);

  await page.keyboard.press("Alt+o");
  const list = page.getByRole("dialog", { name: "Drawings" });
  await expect(list.getByRole("listitem")).toHaveText(/^Horizontal line at \d+\.\d\d/);
  const found = await new AxeBuilder({ page }).include("dialog").analyze();
  expect(found.violations).toEqual([]);
  await list.getByRole("button", { name: /^Show Horizontal line/ }).press("Enter");
  await expect(list).toBeHidden();
  await page.keyboard.press("Delete");
  await expect(drawn(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(drawn(page)).not.toHaveCount(0);
});

test("a drawing is chosen, dragged and restyled, and the chart pans beside it", async ({ page }) => {
  await openChart(page);
  await page.keyboard.press("Alt+b");
  await click(page, [300, 200], [500, 300]);
  const [before] = await kept(page);
  await page.getByRole("button", { name: /^Colour/ }).click();
  await page.getByRole("menuitemradio", { name: "Rose" }).click();
  await expect(page.locator(".drawings .hue-rose")).toHaveCount(1);
  await page.locator(".plot").press("Escape");
  await expect(page.getByRole("toolbar", { name: /^Selected/ })).toBeHidden();
  // Its upper edge, wherever the scale of prices has put it meanwhile.
  const box = await drawn(page).first().boundingBox();
  const from = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: box?.y ?? 0 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 70, from.y + 40, { steps: 5 });
  await page.mouse.up();
  // What was let go is kept a moment later.
  await expect.poll(async () => (await kept(page))[0]?.points).not.toEqual(before?.points);
  const [after] = await kept(page);
  const [was, is] = [before?.points[0], after?.points[0]];
  expect((was?.time ?? 0) - (is?.time ?? 0)).toBeGreaterThanOrEqual(10 * 60_000_000);
  expect(is?.price).toBeLessThan(was?.price ?? 0);
  await expect(page).not.toHaveURL(/to=/);
  // Within the box, now no longer selected, the chart is what is dragged.
  await click(page, [700, 450]);
  await page.mouse.move(from.x - 70, from.y + 100);
  await page.mouse.down();
  await page.mouse.move(from.x + 130, from.y + 100, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/to=/);
  expect(await kept(page)).toEqual([after]);
});

test("a measure goes unless it is kept, a note is written and written again, and both lie in the picture", async ({
  page,
}) => {
  const chart = await openChart(page);
  await page.keyboard.press("Alt+s");
  await click(page, [300, 350], [500, 200]);
  await expect(page.locator(".drawings")).toContainText(/[+−].*%.*bars.*Volume/);
  await page.keyboard.press("Escape");
  await expect(drawn(page)).toHaveCount(0);
  await page.keyboard.press("Alt+s");
  await click(page, [300, 350], [500, 200]);
  await page.getByRole("button", { name: "Keep" }).click();
  await page.locator(".plot").focus();
  await page.keyboard.press("Alt+n");
  await click(page, [250, 150]);
  await page.getByRole("textbox", { name: "Text of the note" }).fill("an idea");
  await page.keyboard.press("Enter");
  await expect(page.locator(".note-text")).toHaveText("an idea");
  await page.mouse.dblclick(...(await middleOf(page.locator(".note-text"))));
  await page.getByRole("textbox", { name: "Text of the note" }).fill("a better idea");
  await page.keyboard.press("Enter");
  await expect(page.locator(".note-text")).toHaveText("a better idea");
  expect((await kept(page)).map(({ kind }) => kind)).toEqual(["measure", "note"]);
  await expect(chart.locator(".handle")).not.toHaveCount(0);

  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Picture as SVG" }).click(),
  ]);
  const picture = readFileSync(await download.path(), "utf8");
  expect(picture).toContain("a better idea");
  expect(picture).toContain("Volume");
  // What one takes hold of it by is no part of it.
  expect(picture).not.toContain('r="4"');
});

test("what is drawn in one tab is there in another, and what cannot be read is kept", async ({ page, context }) => {
  await openChart(page);
  const other = await context.newPage();
  await openChart(other);
  await page.bringToFront();
  await page.keyboard.press("Alt+f");
  await click(page, [300, 350], [500, 150]);
  await expect(page.locator(".drawings")).toContainText("0.618");
  await expect(other.locator(".drawings")).toContainText("0.618");
  await other.close();
  await page.evaluate(() => localStorage.setItem("tapedeck-drawings|SIM:AAPL", "{no drawings"));
  await page.reload();
  await expect(page.getByText("could not be read")).toBeVisible();
  await openChart(page);
  await page.keyboard.press("Alt+o");
  const list = page.getByRole("dialog", { name: "Drawings" });
  await expect(list).toContainText("Nothing is drawn");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    list.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  expect(readFileSync(await file.path(), "utf8")).toContain("{no drawings");
});

test("on a phone the tools are a sheet, and a finger draws", async ({ browser, product }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    baseURL: product.url,
  });
  const page = await context.newPage();
  await openChart(page);
  await page.getByRole("button", { name: "Draw", exact: true }).tap();
  const sheet = page.getByRole("menu", { name: "Draw" });
  const box = await sheet.boundingBox();
  expect(box && Math.round(box.y + box.height)).toBe(844);
  const found = await new AxeBuilder({ page }).include('[role="menu"]').analyze();
  expect(found.violations).toEqual([]);
  await sheet.getByRole("menuitem", { name: "Trend line" }).tap();
  const at = await plotAt(page);
  const session = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number, y: number): Promise<unknown> =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [at(x, y)] });
  await touch("touchStart", 80, 100);
  for (let step = 1; step <= 5; step++) await touch("touchMove", 80 + step * 20, 100 + step * 12);
  await touch("touchEnd", 180, 160);
  await expect(drawn(page)).toHaveCount(1);
  await expect(page.getByRole("toolbar", { name: "Selected: Trend line" })).toBeVisible();
  // A tap right behind the finger's drawing may still belong to that gesture.
  await expect(async () => {
    await page.getByRole("button", { name: "Remove trend line" }).tap({ timeout: 1_000 });
    await expect(drawn(page)).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  await context.close();
});
