import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readConfig } from "#lib/config/config.ts";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { ApiAccess, MAX_STREAMS } from "#lib/services/access/api-access.ts";
import { RequestLimit } from "#lib/services/access/request-limit.ts";
import { TODAY } from "./fixtures.ts";

const sha256 = (key: string): string => createHash("sha256").update(key).digest("hex");
const KEYS = `desk:${sha256("one secret")},sheet:${sha256("another secret")}`;

function open(environment: Readonly<Record<string, string>>) {
  let now = TODAY;
  const access = new ApiAccess(readConfig(environment), () => now);
  const ask = (key: string | null, address = "10.0.0.1", ownPage = false) => access.admit({ key, address, ownPage });
  return { access, ask, pass: (length: number) => (now += length) };
}

describe("keys", () => {
  test("are asked for only where there are any", () => {
    expect(open({}).ask(null).refusal).toBeNull();
    const { ask } = open({ TAPEDECK_API_KEYS: KEYS });
    expect(ask(null).refusal).toMatchObject({ code: "UNAUTHORIZED" });
    expect(ask("wrong").refusal).toMatchObject({ code: "UNAUTHORIZED" });
    expect(ask("one secret")).toMatchObject({ caller: "key desk", refusal: null });
    expect(ask("another secret")).toMatchObject({ caller: "key sheet", refusal: null });
  });

  test("are not needed by our own pages", () => {
    expect(open({ TAPEDECK_API_KEYS: KEYS }).ask(null, "10.0.0.1", true).refusal).toBeNull();
  });

  test("stand in the configuration as digests; anything else stops the start and is not repeated", () => {
    const wrong = { TAPEDECK_API_KEYS: "desk:one secret" };
    expect(() => readConfig(wrong)).toThrow(/TAPEDECK_API_KEYS=\(hidden\).*SHA-256/);
  });
});

describe("the limit", () => {
  test("is a number of requests in the minute that begins with a caller's first", () => {
    const { ask, pass } = open({ TAPEDECK_API_LIMIT: "2" });
    expect(ask(null).allowance).toEqual({ allowed: true, limit: 2, remaining: 1, resetsIn: 60 });
    pass(45 * SECOND);
    expect(ask(null).allowance).toMatchObject({ remaining: 0, resetsIn: 15 });
    expect(ask(null)).toMatchObject({ allowance: { allowed: false, remaining: 0 }, refusal: { code: "RATE_LIMITED" } });
    pass(15 * SECOND);
    expect(ask(null)).toMatchObject({ allowance: { remaining: 1 }, refusal: null });
  });

  test("is each key's own, and an address's for those without one and for wrong ones", () => {
    const { ask } = open({ TAPEDECK_API_KEYS: KEYS, TAPEDECK_API_LIMIT: "1" });
    expect([ask("one secret").refusal, ask("another secret").refusal]).toEqual([null, null]);
    expect(ask("guess one").refusal).toMatchObject({ code: "UNAUTHORIZED" });
    expect(ask("guess two").refusal).toMatchObject({ code: "RATE_LIMITED" });
    expect(ask("guess two", "10.0.0.2").refusal).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("remembers 10,000 callers", () => {
    const limit = new RequestLimit(1);
    for (let caller = 0; caller <= 10_000; caller++) limit.take(String(caller), TODAY + caller);
    expect(limit.callers).toBe(10_000);
    expect(limit.take("0", TODAY + MINUTE / 2).allowed).toBe(true);
    expect(limit.take("10000", TODAY + MINUTE / 2).allowed).toBe(false);
  });
});

test("a caller has eight streams at a time, and a closed one makes room once", () => {
  const { access } = open({});
  const closes = Array.from({ length: MAX_STREAMS }, () => access.openStream("key desk"));
  expect(() => access.openStream("key desk")).toThrow("streams at a time");
  access.openStream("key sheet");
  closes[0]?.();
  closes[0]?.();
  access.openStream("key desk");
  expect(() => access.openStream("key desk")).toThrow("streams at a time");
});

test("pages of other origins read nothing unless they are named", () => {
  expect(open({}).access.allowsOrigin("https://desk.example")).toBe(false);
  const named = open({ TAPEDECK_API_ORIGINS: "https://desk.example,http://localhost:5000" }).access;
  expect(
    ["https://desk.example", "http://localhost:5000", "https://other.example"].map((o) => named.allowsOrigin(o)),
  ).toEqual([true, true, false]);
  expect(open({ TAPEDECK_API_ORIGINS: "*" }).access.allowsOrigin("https://other.example")).toBe(true);
});
