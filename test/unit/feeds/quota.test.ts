import { expect, test } from "vitest";
import type { Feed } from "#lib/feeds/feed.ts";
import { quotasOf } from "#lib/feeds/quotas.ts";
import { RequestPace } from "#lib/feeds/source/request-pace.ts";
import { Spent } from "#lib/feeds/source/spent.ts";
import { fakeFeed } from "../services/fake-stores.ts";

test("what was spent within the last minute is counted, and what is older is not", () => {
  const spent = new Spent();
  expect(spent.total(0)).toBe(0);
  spent.add(2, 100);
  spent.add(3, 900);
  spent.add(5, 30_000);
  expect([spent.total(30_000), spent.total(59_999), spent.total(60_000), spent.total(90_000)]).toEqual([10, 10, 5, 0]);
  spent.add(7, 60_500);
  expect(spent.total(60_500)).toBe(12);
});

test("a request counts once it goes, and a source that holds us off says for how long", async () => {
  const pace = new RequestPace("Somebody", 1_000, 1_000);
  await pace.turn(20, AbortSignal.timeout(1_000));
  await pace.turn(5, AbortSignal.timeout(1_000));
  expect(pace.usage()).toEqual({ used: 25, heldFor: 0 });
  pace.hold(60_000);
  await expect(pace.turn(1, AbortSignal.timeout(1_000))).rejects.toMatchObject({ code: "RATE_LIMITED" });
  const { used, heldFor } = pace.usage();
  expect(used).toBe(25);
  expect(heldFor).toBeGreaterThan(59_000_000);
  expect(heldFor).toBeLessThanOrEqual(60_000_000);
});

test("a process reports the sources that count its requests, and until when they want none", () => {
  const plain: Feed = fakeFeed(() => Promise.resolve([]));
  const counting: Feed = {
    ...plain,
    source: "binance",
    usage: () => ({ used: 3, allowed: 6_000, heldFor: 50, servers: [] }),
  };
  expect(quotasOf([plain, counting], 1_000)).toEqual([
    { source: "binance", used: 3, allowed: 6_000, heldUntil: 1_050, servers: [] },
  ]);
});
