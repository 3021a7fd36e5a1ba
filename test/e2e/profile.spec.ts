import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { MINUTE } from "#lib/domain/interval.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { finished, workerFolder } from "#test/support/workers.ts";
import { expect, test } from "./product.ts";

const BEGIN = Date.UTC(2024, 7, 8, 15) * 1_000;
const MINUTES = 200;

/** Most is traded at 100.25 in the first half and at 120.25 in the second; once a minute a little is traded 5 above, which is all that bars tell of. */
function recording(): string {
  const rows = Array.from({ length: MINUTES }, (_, minute) => {
    const price = minute < MINUTES / 2 ? 100.25 : 120.25;
    const at = BEGIN + minute * MINUTE;
    return `${at},HALVES,${price},90,${2 * minute + 1}\n${at + MINUTE / 2},HALVES,${price + 5},1,${2 * minute + 2}\n`;
  });
  return `time,symbol,price,size,id\n${rows.join("")}`;
}

test.beforeAll(async ({ product }) => {
  const folder = scratchFolder();
  const workers = workerFolder(product.environment);
  try {
    const file = join(folder, "halves.csv");
    writeFileSync(file, recording());
    await finished(workers.start("replay", ["--format", "csv", "--wait", file]), "replay");
  } finally {
    await workers.close();
    removeFolder(folder);
  }
});

test("the volume profile counts the trades of the bars in sight, and follows the view", async ({ page }) => {
  await page.goto("/symbols/TAPE%3AHALVES?interval=1m&bars=60");
  await expect(page.locator("footer.foot")).toContainText(`${MINUTES} bars`);
  const note = page.getByRole("note", { name: "Volume profile" });
  await expect(note).toHaveText(
    /^Point of control 120\.\d\d ± 0\.0\d+, value area .* Counted trade by trade over the bars in sight, by \d+ sketches\.$/,
  );
  await expect(page.locator(".profile-head")).toContainText("± 0.");
  await page.getByRole("group", { name: /TAPE:HALVES, 1m/ }).focus();
  await page.keyboard.press("Home");
  await expect(note).toHaveText(/^Point of control 100\.\d\d ± 0\.0/);
});

test("where the sketches do not know the trades, it is estimated from bars and says so", async ({ page }) => {
  await page.goto("/symbols/SIM%3AAAPL?interval=1d");
  const note = page.getByRole("note", { name: "Volume profile" });
  await expect(note).toHaveText(
    /^Point of control about .* Estimated from the bars in sight: .* Sketches cover \d+ of \d+ .*; the rest is history without trades\.$/,
    { timeout: 60_000 },
  );
  await expect(page.locator(".profile-head")).toContainText("from bars");
  await page.goto("/symbols/SIM%3AAAPL?interval=1s");
  await expect(note).toHaveText(/evenly from its low to its high\.$/);
});
