import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./product.ts";

/** Takes an action of a ticker's menu, which closes when its row is scrolled. */
async function act(page: Page, symbol: string, action: string): Promise<void> {
  const item = page.getByRole("menuitem", { name: action });
  await expect(async () => {
    if (!(await item.isVisible())) await page.getByRole("button", { name: `Actions for ${symbol}` }).click();
    await item.click({ timeout: 1_000 });
  }).toPass();
}

test("a wrong password is refused with words; the right one adds a ticker that shows data without a restart", async ({
  page,
  product,
}) => {
  await page.goto("/admin/tickers");
  await signIn(page, "not the password");
  await expect(page.getByRole("alert").first()).toBeVisible();
  await signIn(page, product.password);

  const form = page.getByRole("region", { name: "Add a ticker" });
  await form.getByLabel("Source").selectOption({ label: "Simulator" });
  await form
    .getByLabel(/symbol/i)
    .first()
    .fill("UBER");
  await page.keyboard.press("Escape"); // closes the suggestions
  await form.getByRole("button", { name: "Add ticker" }).click();
  await expect(page.getByRole("region", { name: "Tickers" })).toContainText("UBER");

  await page.goto("/symbols/SIM%3AUBER");
  await expect(page.getByRole("status", { name: "Last price" })).toHaveText(/\d+\.\d\d/, { timeout: 30_000 });
});

test("what an admin did stands in the audit log, by ticker and by kind, for who is signed in", async ({
  page,
  product,
}) => {
  await page.goto("/admin/log");
  await expect(page.getByRole("region", { name: "Sign in" })).toBeVisible();
  await signIn(page, "not the password");
  await expect(page.getByRole("alert").first()).toBeVisible();
  await signIn(page, product.password);
  const log = page.getByRole("region", { name: "Audit log" });
  await expect(log.getByRole("listitem").first()).toContainText("Signed in");
  await expect(log).toContainText("Sign-in refused");

  await page.goto("/admin/tickers");
  await act(page, "SIM:KO", "Disable");
  await expect(page.getByRole("row", { name: /SIM:KO/ })).toContainText("Disabled");
  await act(page, "SIM:KO", "Enable");
  await expect(page.getByRole("row", { name: /SIM:KO/ })).not.toContainText("Disabled");
  await act(page, "SIM:KO", "Show its log");
  await expect(page).toHaveURL(/\/admin\/log\?ticker=SIM:KO$/);
  await expect(log.getByRole("listitem")).toHaveCount(2);
  await expect(log.getByRole("listitem").first()).toContainText(/Ticker enabled.*state disabled → enabled/);

  await log.getByLabel("Kind").selectOption("Sign-ins");
  await expect(log).toContainText("No such entry");
  await log.getByLabel("Ticker").fill("");
  await expect(log.getByRole("listitem").first()).toContainText("Signed in");
  await expect(page).toHaveURL(/\/admin\/log\?group=sign-ins$/);
  await log.getByLabel("Kind").selectOption("All kinds");
  await expect(log).toContainText("Ticker enabled");

  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    log.getByRole("button", { name: "Save CSV" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("audit-log.csv");
});

test("a ticker that goes keeps its page, says where it goes on, and its former name leads to it", async ({
  page,
  product,
}) => {
  await page.goto("/admin/tickers");
  await signIn(page, product.password);
  await act(page, "SIM:MRK", "Edit");
  const form = page.getByRole("region", { name: "Edit SIM:MRK" });
  await form.getByLabel("Former tickers").fill("COFFEE, NFLX");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();

  await act(page, "SIM:NFLX", "Remove");
  const asked = page.getByRole("dialog", { name: "Remove SIM:NFLX" });
  await expect(asked).toContainText("Kept are its bars");
  await asked.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("row", { name: /SIM:NFLX/ })).toContainText("Removed");

  await page.goto("/symbols/SIM%3ANFLX");
  await expect(page.locator("footer.foot")).toContainText(/[1-9]\d* bars?/);
  await expect(page.getByRole("main")).toContainText("Removed, its history is kept; it goes on as SIM:MRK");
  await page.goto("/symbols/SIM%3ACOFFEE?interval=1h");
  await expect(page).toHaveURL(/\/symbols\/SIM%3AMRK\?interval=1h/);
  await expect(page.getByText("SIM:COFFEE is called SIM:MRK now.").first()).toBeVisible();

  await page.goto("/admin/tickers");
  await act(page, "SIM:NFLX", "Bring back");
  await expect(page.getByRole("row", { name: /SIM:NFLX/ })).not.toContainText("Removed");
});

test("a source says of each of its servers why it is not used", async ({ page }) => {
  await page.goto("/admin/tickers");
  const sources = page.getByRole("region", { name: "Sources" });
  await expect(sources).toContainText("none serves");
  for (const server of ["127.0.0.1:9", "127.0.0.1:13"]) {
    await expect(sources.getByText(`${server} could not be reached`)).toBeVisible();
  }
});
