import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./product.ts";

const PRICE = /\d+\.\d\d/;

/** The chart of a symbol with its bars drawn. */
async function openChart(page: Page, query: string): Promise<Locator> {
  await page.goto(`/symbols/SIM%3AAAPL?interval=1m${query}`);
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(PRICE);
  // Until the history has arrived there is the forming bar alone, which may be of either direction.
  await expect(page.locator("footer.foot")).toContainText(/[1-9]\d\d bars/, { timeout: 60_000 });
  return chart;
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("nothing is drawn there");
  return box;
}

/** What stands on the price axis. */
const labels = (chart: Locator): Promise<string[]> => chart.locator("text.price-label").allTextContents();

const TYPES = [
  ["Hollow candles", "hollow", "path.c-up"],
  ["Bars", "bars", "path.c-up"],
  ["Line", "line", "path.price-line"],
  ["Area", "area", "path.price-area"],
  ["Heikin-Ashi", "heikin-ashi", "path.c-up"],
  ["Candles", null, "path.c-up"],
] as const;

test("each type is drawn with its forming bar, and lies in the address", async ({ page }) => {
  const chart = await openChart(page, "");
  for (const [words, type, drawn] of TYPES) {
    await page.getByRole("button", { name: /^Drawn as/ }).click();
    await page.getByRole("menuitemradio", { name: words, exact: true }).click();
    await expect(page.getByRole("button", { name: `Drawn as: ${words}` })).toBeFocused();
    // Closed bars and the forming one are layers of their own.
    await expect(chart.locator(`${drawn}[d*="M"]`).first()).toBeAttached();
    await expect(chart.locator("rect.hollow, circle.hollow, circle.price-end").first()).toBeAttached();
    if (type === null) await expect(page).not.toHaveURL(/type=/);
    else await expect(page).toHaveURL(new RegExp(`type=${type}`));
  }
});

test("Heikin-Ashi says its own close and the real one, and a reload keeps it", async ({ page }) => {
  const chart = await openChart(page, "&type=heikin-ashi");
  const readout = chart.locator(".readout");
  await expect(readout).toContainText(/HAO\d.*C\d.*Close\d/);
  await page.locator(".plot").focus();
  await page.keyboard.press("Alt+c");
  await expect(page.getByRole("button", { name: "Drawn as: Candles" })).toBeVisible();
  await expect(readout).not.toContainText("HA");
});

test("scales change what the axis says and not what is in sight", async ({ page }) => {
  const chart = await openChart(page, "");
  await page.keyboard.press("Alt+p");
  await expect(page).toHaveURL(/scale=percent/);
  await expect.poll(async () => (await labels(chart)).filter((label) => /\d %$/.test(label)).length > 2).toBe(true);
  await page.keyboard.press("Alt+i");
  await expect
    .poll(async () => (await labels(chart)).some((label) => Number(label) > 80 && Number(label) < 120))
    .toBe(true);
  await page.keyboard.press("Alt+l");
  await expect(page).toHaveURL(/scale=log/);
  await expect.poll(async () => (await labels(chart)).some((label) => PRICE.test(label))).toBe(true);
  await page.reload();
  await expect(page.getByRole("button", { name: "Price scale: Logarithmic" })).toBeVisible();
  await page.keyboard.press("Alt+l");
  await expect(page.getByRole("button", { name: "Price scale: Linear" })).toBeVisible();
  await expect(page).not.toHaveURL(/scale=|prices=|to=/);
});

/* oxlint-disable unicorn/consistent-function-scoping -- what runs in the page takes nothing from outside */
/** Runs in the page: the prices that the axis writes, the newest price's tag, and how far times stand from their lines; pixels. */
function standing(): { labels: [price: number, y: number][]; tag: [price: number, y: number]; apart: number[] } {
  const at = (element: Element, name: string): number => Number(element.getAttribute(name));
  const priced = (element: Element): [number, number] => [Number(element.textContent), at(element, "y") - 4];
  const tag = document.querySelector(".overlay .strong-tag");
  const middle = (element: Element): number => {
    const { left, right } = element.getBoundingClientRect();
    return (left + right) / 2;
  };
  const times = [...document.querySelectorAll("text.time-label:not(.day)")].map(middle);
  const lines = [...document.querySelectorAll(".panes .grid-line")].map(middle);
  return {
    labels: [...document.querySelectorAll("text.price-label")].map(priced),
    tag: tag ? priced(tag) : [0, 0],
    apart: times.map((time) => Math.min(...lines.map((line) => Math.abs(line - time)))),
  };
}
/* oxlint-enable unicorn/consistent-function-scoping */

for (const scale of ["linear", "log"]) {
  test(`bars stand where the axes say, on a ${scale} scale and after a drag`, async ({ page }) => {
    const chart = await openChart(page, scale === "log" ? "&scale=log" : "");
    const box = await boxOf(page.locator(".plot"));
    for (const moved of [37, 111]) {
      await page.mouse.move(box.x + 300, box.y + 200);
      await page.mouse.down();
      await page.mouse.move(box.x + 300 + moved, box.y + 200, { steps: 5 });
      await page.mouse.up();
      await expect(chart.locator("text.price-label").nth(2)).toBeVisible();
      const { labels: written, tag, apart } = await page.evaluate(standing);
      const unit = (price: number): number => (scale === "log" ? Math.log(price) : price);
      const [[low, bottom], [high, top]] = [written.at(0) ?? [0, 0], written.at(-1) ?? [0, 0]];
      const share = (unit(tag[0]) - unit(low)) / (unit(high) - unit(low));
      expect(Math.abs(bottom + share * (top - bottom) - tag[1])).toBeLessThan(1);
      expect(apart.length).toBeGreaterThan(2);
      expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    }
  });
}

test("prices set by hand survive ticks, scales and a reload, until a double-click gives them back", async ({
  page,
}) => {
  const chart = await openChart(page, "");
  const auto = chart.getByRole("button", { name: "auto" });
  await expect(auto).toHaveAttribute("aria-pressed", "true");
  const axis = chart.locator(".axis-drag.prices");
  const box = await boxOf(axis);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 120, { steps: 4 });
  await page.mouse.up();
  await expect(auto).toHaveAttribute("aria-pressed", "false");
  await expect(page).toHaveURL(/prices=[\d.]+%2C[\d.]+/);
  const prices = new URL(page.url()).searchParams.get("prices");
  const shown = chart.getByRole("status", { name: "Last price" });
  const before = await shown.innerText();
  await expect(shown).not.toHaveText(before, { timeout: 30_000 });
  await page.keyboard.press("Alt+l");
  await page.keyboard.press("Alt+l");
  await page.reload();
  await expect(auto).toHaveAttribute("aria-pressed", "false");
  expect(new URL(page.url()).searchParams.get("prices")).toBe(prices);
  await axis.dblclick();
  await expect(auto).toHaveAttribute("aria-pressed", "true");
  await expect(page).not.toHaveURL(/prices=/);
  await page.mouse.wheel(0, 200);
  await expect(auto).toHaveAttribute("aria-pressed", "false");
  await page.locator(".plot").focus();
  await page.keyboard.press("Alt+a");
  await expect(auto).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(auto).toHaveAttribute("aria-pressed", "false");
});

test("the time axis is dragged, two thousand bars fit, and a reset brings the newest back", async ({ page }) => {
  const chart = await openChart(page, "");
  const axis = chart.locator(".axis-drag.times");
  const box = await boxOf(axis);
  await page.mouse.move(box.x + 300, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 800, box.y + 12, { steps: 8 });
  await page.mouse.up();
  const bars = (): number => Number(new URL(page.url()).searchParams.get("bars"));
  await expect.poll(bars).toBeGreaterThan(2_000);
  await axis.dblclick();
  await expect(page).not.toHaveURL(/bars=/);
  const plot = page.locator(".plot");
  await plot.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press("-");
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/bars=\d+&to=/);
  await page.keyboard.press("Alt+r");
  await expect(page).not.toHaveURL(/bars=|to=/);
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/to=/);
  const area = await boxOf(plot);
  await page.mouse.dblclick(area.x + 300, area.y + 200);
  await expect(page).not.toHaveURL(/to=/);
});

test("two fingers zoom around their middle", async ({ page }) => {
  await openChart(page, "");
  const area = await boxOf(page.locator(".plot"));
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart: number): Promise<unknown> =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: [-apart, apart]
        .filter(() => type !== "touchEnd")
        .map((dx, id) => ({ id, x: area.x + 400 + dx, y: area.y + 250 })),
    });
  await touch("touchStart", 60);
  for (let apart = 70; apart <= 160; apart += 10) await touch("touchMove", apart);
  await touch("touchEnd", 0);
  const bars = (): number => Number(new URL(page.url()).searchParams.get("bars") ?? Infinity);
  await expect.poll(bars).toBeLessThan(100);
});

test("the list of keys names the chart's", async ({ page }) => {
  await openChart(page, "");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  for (const words of ["logarithmic prices", "spread prices", "the usual view again", "Heikin-Ashi"]) {
    await expect(dialog).toContainText(words);
  }
});
