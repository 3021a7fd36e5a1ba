import { expect, test } from "./product.ts";

test("a wrong password is refused with words; the right one adds a ticker that shows data without a restart", async ({
  page,
  product,
}) => {
  await page.goto("/admin/tickers");
  const password = page.getByLabel("Admin password");
  await password.fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await password.fill(product.password);
  await page.getByRole("button", { name: "Sign in" }).click();

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
  await page.getByLabel("Admin password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.getByLabel("Admin password").fill(product.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  const log = page.getByRole("region", { name: "Audit log" });
  await expect(log.getByRole("listitem").first()).toContainText("Signed in");
  await expect(log).toContainText("Sign-in refused");

  await page.goto("/admin/tickers");
  const act = async (action: string): Promise<void> => {
    await page.getByRole("button", { name: "Actions for SIM:MSFT" }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };
  await act("Disable");
  await expect(page.getByRole("row", { name: /SIM:MSFT/ })).toContainText("Disabled");
  await act("Enable");
  await expect(page.getByRole("row", { name: /SIM:MSFT/ })).not.toContainText("Disabled");
  await act("Show its log");
  await expect(page).toHaveURL(/\/admin\/log\?ticker=SIM:MSFT$/);
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
