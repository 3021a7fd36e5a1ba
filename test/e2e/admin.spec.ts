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
