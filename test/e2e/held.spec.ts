import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { finished, workerFolder } from "#test/support/workers.ts";
import { expect, signIn, test } from "./product.ts";

const BEGIN = Date.UTC(2024, 7, 8, 15) * 1_000;
const STEP = 10_000_000;

test("a held print is a mark on the chart and a row of the queue, until an admin accepts it by a key; then it can be taken out again", async ({
  page,
  product,
}) => {
  const folder = scratchFolder();
  const workers = workerFolder(product.environment);
  try {
    const rows = Array.from({ length: 180 }, (_, index) => {
      const price = index === 170 ? 130 : 100 + (index % 7) / 10;
      return `${BEGIN + index * STEP},MARKED,${price},10,${index + 1},XNAS,@`;
    });
    const file = join(folder, "marked.csv");
    writeFileSync(file, `time,symbol,price,size,id,venue,conditions\n${rows.join("\n")}\n`);
    const flags = ["--format", "csv", "--profile", "us-equities", "--wait", file];
    await finished(workers.start("replay", flags), "replay");

    await page.goto("/symbols/TAPE%3AMARKED?interval=1m");
    const chart = page.getByRole("region", { name: "Chart" });
    const mark = chart.locator(".held-mark");
    await expect(mark).toHaveCount(1);
    await expect(mark.locator("title")).toContainText("Held: 130.0 × 10 at 15:28:20.000 UTC, outside ");

    await page.goto("/admin/tickers");
    const queue = page.getByRole("region", { name: "Held prints" });
    const row = queue.getByRole("listitem");
    await expect(row).toContainText("TAPE:MARKED");
    await expect(row.getByRole("button", { name: "Accept" })).toBeDisabled();
    await signIn(page, product.password);
    await expect(row.getByRole("button", { name: "Accept" })).toBeEnabled();
    await row.getByRole("button", { name: "Reject" }).focus();
    await page.keyboard.press("a");
    await expect(row).toHaveCount(0);

    // It counts now: it is found by its second, and taken out again once that is confirmed.
    const counted = page.getByRole("region", { name: "Prints that count" });
    await counted.getByLabel("Its symbol").fill("tape:marked");
    await counted.getByLabel("Second, UTC").fill("2024-08-08 15:28:20");
    const print = counted.getByRole("listitem").filter({ hasText: "130" });
    await expect(async () => {
      await page.keyboard.press("Enter");
      await expect(print).toHaveCount(1, { timeout: 3_000 });
    }).toPass();
    await print.getByRole("button", { name: "Reject" }).click();
    const confirm = page.getByRole("dialog", { name: "Reject a print of TAPE:MARKED" });
    await expect(confirm).toContainText("are counted again from the log without it");
    await confirm.getByRole("button", { name: "Reject" }).click();
    await expect(counted.getByText("No print counts in this second.")).toBeVisible({ timeout: 30_000 });

    await page.goto("/symbols/TAPE%3AMARKED?interval=1m");
    await expect(chart.getByRole("status", { name: "Last price" })).toHaveText(/\d/);
    await expect(mark).toHaveCount(0);
  } finally {
    await workers.close();
    removeFolder(folder);
  }
});
