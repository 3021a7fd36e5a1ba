import { expect, test } from "vitest";
import { requestUrl } from "#lib/api/handle-trpc.ts";

test("the address asked is known, also to a client that calls our host by no name at all", () => {
  const url = "/api/trpc/market.snapshot?input=1";
  expect(requestUrl({ url, headers: { host: "tape.example:3000" } }).href).toBe(`http://tape.example:3000${url}`);
  expect(requestUrl({ url, headers: { host: "[" } }).href).toBe(`http://localhost${url}`);
  expect(requestUrl({ url, headers: {} }).pathname).toBe("/api/trpc/market.snapshot");
});
