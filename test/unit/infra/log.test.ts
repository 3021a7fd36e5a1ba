import { expect, test } from "vitest";
import { warnSeldom } from "#lib/log.ts";

test("the same warning is said once a minute, another one at once", () => {
  const said: string[] = [];
  let now = 0;
  const warn = warnSeldom(
    (text) => said.push(text),
    () => now,
  );
  for (now = 0; now < 120_000; now += 1_000) warn("no store");
  expect(said).toEqual(["no store", "no store"]);
  warn("no broker");
  warn("no store");
  expect(said.slice(2)).toEqual(["no broker", "no store"]);
});
