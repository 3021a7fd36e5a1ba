import { readConfig } from "#lib/config/config.ts";
import type { Status } from "#lib/contracts/ticks.ts";
import { names } from "#lib/contracts/topics.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { expect, test } from "./product.ts";

const SYMBOL = "SIM:CVX";

/** What the channel of the symbol would say of it now. Its trades go on: they end no halt. */
async function say(environment: Readonly<Record<string, string>>, state: Status["state"]): Promise<void> {
  const config = readConfig(environment);
  const kafka = createKafka(config);
  const producer = await kafka.producer();
  const time = Date.now() * 1_000;
  const reason = state === "halted" ? "Volatility pause (LUDP)" : null;
  const status: Status = {
    type: "status",
    symbol: SYMBOL,
    time,
    receivedTime: time,
    state,
    reason,
    channel: "simulator-0",
  };
  const partition = partitionOf(SYMBOL, config.TAPEDECK_PARTITIONS);
  const value = Buffer.from(JSON.stringify(status));
  await producer.send(names(config.TAPEDECK_NAMESPACE).ticks, [{ partition, key: SYMBOL, value }]);
  await kafka.close();
}

test("a halted symbol says so with its reason wherever it stands, and is live again when it trades again", async ({
  page,
  product,
}) => {
  await page.goto("/");
  const row = page.getByRole("row").filter({ hasText: "Chevron" });
  await expect(row).toContainText("SIMULATED");
  await say(product.environment, "halted");
  const badge = row.locator(".badge");
  await expect(badge).toHaveText(/^SIM HALTED, since \d\d:\d\d:\d\d UTC: Volatility pause \(LUDP\)$/);
  await expect(badge).toHaveAttribute("title", /^Halted since .* UTC: Volatility pause \(LUDP\)$/);
  await expect(
    page.getByRole("region", { name: "Heat map" }).locator("a.tile", { has: page.locator(".halted") }),
  ).toHaveAttribute("href", /CVX/);

  await page.goto(`/symbols/${encodeURIComponent(SYMBOL)}?interval=1s`);
  const head = page.locator(".head .who");
  await expect(head).toContainText("HALTED");
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.locator(".halt-mark title")).toHaveText(/^Halted since .* UTC: Volatility pause \(LUDP\)$/);
  await expect(chart.locator(".overlay")).toContainText("Halted");
  await expect(chart.locator(".readout")).toContainText("Volatility pause (LUDP)");

  await say(product.environment, "trading");
  await expect(head).toContainText("LIVE");
  await expect(head).not.toContainText("HALTED");
  // The engine stores what it remembers every two seconds.
  await expect(async () => {
    const answer = await page.request.get(`/api/v1/symbol.halts?symbol=${encodeURIComponent(SYMBOL)}`);
    const halt = { symbol: SYMBOL, to: expect.any(Number) as unknown, reason: "Volatility pause (LUDP)" };
    expect(await answer.json()).toMatchObject({ halts: [halt] });
  }).toPass();
  await expect(chart.locator(".halt-mark title")).toHaveText(/^Halted \d\d:\d\d:\d\d – \d\d:\d\d:\d\d UTC: Volatility/);
  await expect(chart.locator(".sr p")).toContainText(/Halted \d\d:\d\d:\d\d – /);
});
