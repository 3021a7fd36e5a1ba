import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditEntry } from "#lib/contracts/audit.ts";
import { names } from "#lib/contracts/topics.ts";
import type { AlertRow } from "#lib/contracts/alert-views.ts";
import type { AuditPage, TickerRow } from "#lib/contracts/views.ts";
import { ticker } from "../unit/services/fixtures.ts";
import { type Answer, change } from "./api-client.ts";
import { PASSWORD, startApi, type ApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let cookie = "";

beforeAll(async () => {
  api = await startApi();
  await change(api.address, "session.login", { password: "a wrong one" });
  const signedIn = await change(api.address, "session.login", { password: PASSWORD });
  cookie = signedIn.cookie?.split(";")[0] ?? "";
});
afterAll(() => api.close());

const admin = <T>(procedure: string, input: object) => change<T>(api.address, procedure, input, { cookie });

async function log(input: object = {}, headers: Readonly<Record<string, string>> = { cookie }) {
  const query = encodeURIComponent(JSON.stringify(input));
  const response = await fetch(`${api.address}/api/trpc/audit.page?input=${query}`, { headers });
  const { result } = (await response.json()) as { result?: { data: AuditPage } };
  return { status: response.status, rows: result?.data.rows ?? [], next: result?.data.next ?? null };
}

const words = ({ rows }: Awaited<ReturnType<typeof log>>) =>
  rows.map(({ entry, outcome }) => [entry.action, entry.symbol, outcome?.state ?? null]);

/** What the store does with its index, past our own code. */
async function index(path: string): Promise<boolean> {
  const { indexPrefix } = names(api.config.TAPEDECK_NAMESPACE);
  const response = await fetch(`${api.config.ELASTICSEARCH_URL}/${indexPrefix}audit/${path}`, { method: "POST" });
  return response.ok;
}

const entryOf = (time: number, action: AuditEntry["action"] = "signed-in"): AuditEntry => ({
  id: randomUUID(),
  time,
  action,
  symbol: null,
  about: null,
  changes: [],
  who: null,
  address: "::1",
});

describe("the audit log", () => {
  test("has what an admin did, newest first, with what differs and from where", async () => {
    const added = await admin<TickerRow>("tickers.add", { source: "simulator", sourceSymbol: "UBER" });
    const { symbol } = added.data.ticker;
    const disabled = await admin<TickerRow>("tickers.setState", {
      symbol,
      version: added.data.version,
      state: "disabled",
    });
    const overtaken = await admin("tickers.setState", { symbol, version: added.data.version, state: "removed" });
    expect([disabled.data.ticker.state, overtaken.error?.data.reason]).toEqual(["disabled", "CONFLICT"]);
    const rule = { symbol, condition: { kind: "above", level: 5 }, frequency: { kind: "once" } };
    const alert = await admin<AlertRow>("alerts.add", rule);
    await admin("alerts.remove", { id: alert.data.rule.id });
    const found = await log();
    expect(words(found)).toEqual([
      ["alert-removed", "SIM:UBER", "done"],
      ["alert-added", "SIM:UBER", "done"],
      ["ticker-disabled", "SIM:UBER", "done"],
      ["ticker-added", "SIM:UBER", "done"],
      ["signed-in", null, null],
      ["sign-in-refused", null, null],
    ]);
    expect(found.rows.map(({ entry }) => entry.who)).toEqual(Array(6).fill("admin"));
    expect(found.rows[2]?.entry).toMatchObject({
      changes: [{ field: "state", before: "enabled", after: "disabled" }],
      address: "127.0.0.1",
    });
    expect(found.rows[0]?.entry.changes).toContainEqual({ field: "condition.level", before: "5", after: null });
    expect(JSON.stringify(found)).not.toContain(PASSWORD);
  });

  test("is found by ticker or symbol and by kind, and paged", async () => {
    expect(words(await log({ ticker: "ube", group: "tickers" }))).toHaveLength(2);
    expect(words(await log({ ticker: "sim:ub" }))).toHaveLength(4);
    expect(words(await log({ ticker: "BER" }))).toEqual([]);
    expect(words(await log({ group: "sign-ins" }))).toHaveLength(2);
    const first = await log({ limit: 4 });
    const rest = await log({ limit: 4, cursor: first.next });
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([4, 2, null]);
    expect(rest.rows.map(({ entry }) => entry.action)).toEqual(["signed-in", "sign-in-refused"]);
  });

  test("is read by nobody who is not signed in", async () => {
    expect((await log({}, {})).status).toBe(401);
  });

  test("holds up a change that cannot be recorded: nothing is changed, and nobody signs in", async () => {
    const symbol = "SIM:HELDUP";
    const { version } = await api.elasticsearch.tickers.create(ticker({ symbol }));
    const remove = (): Promise<Answer<TickerRow>> => admin("tickers.setState", { symbol, version, state: "removed" });
    expect(await index("_close")).toBe(true);
    const refused = await remove();
    const signingIn = await change(api.address, "session.login", { password: PASSWORD });
    expect(await index("_open")).toBe(true);
    expect([refused.status, refused.error?.data.reason]).toEqual([503, "UNAVAILABLE"]);
    expect([signingIn.status, signingIn.cookie]).toEqual([503, null]);
    expect((await api.elasticsearch.tickers.get(symbol))?.ticker.state).toBe("enabled");
    await expect.poll(async () => (await remove()).status, { timeout: 10_000 }).toBe(200);
  });
});

describe("its store", () => {
  test("takes an entry, and what became of it, once", async () => {
    const { audit } = api.elasticsearch;
    const one = entryOf(Date.now() * 1_000);
    const outcome = { state: "done", reason: null, time: one.time } as const;
    await audit.append(one);
    await expect(audit.append({ ...one, address: "forged" })).rejects.toMatchObject({ code: "CONFLICT" });
    await audit.settle(one.id, outcome);
    const again = audit.settle(one.id, { ...outcome, state: "refused" });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await audit.page({ limit: 1 }))[0]).toEqual({ entry: one, outcome });
  });

  test("forgets what is too old, and the oldest of too many", async () => {
    const { audit } = api.elasticsearch;
    const made = [1, 2, 3, 4, 5].map((time) => entryOf(time, "print-accepted"));
    for (const one of made) await audit.append(one);
    const actions = ["print-accepted"] as const;
    expect(await audit.forget({ actions, before: 3, most: 100 })).toBe(2);
    await index("_refresh");
    expect(await audit.forget({ actions, before: 0, most: 2 })).toBe(1);
    await index("_refresh");
    const left = await audit.page({ actions, limit: 10 });
    expect(left.map(({ entry: { time } }) => time)).toEqual([5, 4]);
  });
});
