import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AlertList, AlertRow } from "#lib/contracts/alert-views.ts";
import type { Versioned } from "#lib/contracts/kept.ts";
import type { WatchList } from "#lib/contracts/lists.ts";
import type { AccountView, PeopleList } from "#lib/contracts/people.ts";
import { names } from "#lib/contracts/topics.ts";
import type { AuditPage } from "#lib/contracts/views.ts";
import { ask, change } from "./api-client.ts";
import { PASSWORD, startApi, type ApiHarness } from "./api-harness.ts";

const SYMBOL = "SIM:AAPL";
const THEIRS = "correct horse battery";

let api: ApiHarness;
/** Cookies by name. */
const sessions: Record<string, string> = {};

const headers = (name: string): Record<string, string> => ({ cookie: sessions[name] ?? "" });
const does = <T>(name: string, procedure: string, input: object) =>
  change<T>(api.address, procedure, input, headers(name));
const reads = <T>(name: string, procedure: string, input?: object) =>
  ask<T>(api.address, procedure, input, headers(name));
const reason = async (answer: ReturnType<typeof change>) => (await answer).error?.data.reason ?? null;

async function signIn(name: string, password = THEIRS): Promise<void> {
  const { cookie } = await change(api.address, "session.login", { name, password });
  sessions[name] = cookie?.split(";")[0] ?? "";
}

async function addPerson(name: string, role: string): Promise<AccountView> {
  const { data } = await does<AccountView>("admin", "people.add", { name, role, password: THEIRS });
  await signIn(name);
  return data;
}

const versionOf = async (name: string): Promise<string> => {
  const { data } = await reads<PeopleList>("admin", "people.list");
  return data.rows.find((row) => row.name === name)?.version ?? "";
};

beforeAll(async () => {
  api = await startApi();
  await signIn("admin", PASSWORD);
  await does("admin", "tickers.add", { source: "simulator", sourceSymbol: "AAPL" });
  await addPerson("vera", "viewer");
  await addPerson("tom", "trader");
});
afterAll(() => api.close());

describe("roles", () => {
  test("decide at each request what may be done, and a refusal says which is needed", async () => {
    const rule = { symbol: SYMBOL, condition: { kind: "above", level: 5 }, frequency: { kind: "once" } };
    expect(await reason(does("nobody", "alerts.add", rule))).toBe("UNAUTHORIZED");
    const refused = await does("vera", "alerts.add", rule);
    expect(refused).toMatchObject({ status: 403, error: { data: { reason: "FORBIDDEN" } } });
    expect(refused.error?.message).toContain("needs the role trader; vera has the role viewer");
    const input = { name: "vera", version: await versionOf("vera"), role: "trader" };
    expect(await reason(does("admin", "people.setRole", input))).toBeNull();
    const added = await does<AlertRow>("vera", "alerts.add", rule);
    expect(added.data.rule.by).toBe("vera");
    expect(await reason(does("vera", "tickers.add", { source: "simulator", sourceSymbol: "UBER" }))).toBe("FORBIDDEN");
    expect((await reads("vera", "audit.page", {})).status).toBe(403);
    expect((await reads("vera", "people.list")).status).toBe(403);
  });

  test("let traders change their own alerts and admins all; who is not signed in reads no names", async () => {
    const rule = { symbol: SYMBOL, condition: { kind: "below", level: 1 }, frequency: { kind: "once" } };
    const { data } = await does<AlertRow>("tom", "alerts.add", rule);
    const { id } = data.rule;
    expect(await reason(does("vera", "alerts.remove", { id }))).toBe("FORBIDDEN");
    expect(await reason(does("vera", "alerts.add", { ...rule, by: "tom" }))).toBe("FORBIDDEN");
    const by = async (reader: string) =>
      (await reads<AlertList>(reader, "alerts.list")).data.rows.find((row) => row.rule.id === id)?.rule.by;
    expect([await by("vera"), await by("nobody")]).toEqual(["tom", null]);
    expect(await reason(does("admin", "alerts.remove", { id }))).toBeNull();
    const restored = await does<AlertRow>("admin", "alerts.add", { ...rule, by: "tom" });
    expect(restored.data.rule.by).toBe("tom");
    expect(await reason(does("tom", "alerts.remove", { id: restored.data.rule.id }))).toBeNull();
  });
});

const kept = (name: string) => [{ id: "abcdefgh", name, symbols: [SYMBOL], columns: null }];

describe("what people keep", () => {
  test("is each one's own: two write at once, and neither sees the other's", async () => {
    const save = (who: string) => does(who, "lists.save", { owner: who, kept: kept(`of ${who}`), version: null });
    const saved = await Promise.all(["tom", "vera", "admin"].map(save));
    expect(saved.map(({ status }) => status)).toEqual([200, 200, 200]);
    const read = async (who: string) => (await reads<Versioned<WatchList>>(who, "lists.own", { owner: who })).data;
    expect((await read("tom")).kept).toEqual(kept("of tom"));
    expect((await read("vera")).kept).toEqual(kept("of vera"));
    const { version } = await read("vera");
    expect(await reason(does("tom", "lists.save", { owner: "tom", kept: [], version }))).toBe("CONFLICT");
    expect((await reads("nobody", "lists.own", { owner: "tom" })).status).toBe(401);
    expect((await reads<Versioned<unknown>>("tom", "desks.own", { owner: "tom" })).data).toEqual({
      kept: [],
      version: null,
    });
  });

  test("is neither shown to nor taken from a page of another, whose session was replaced in another tab", async () => {
    const shown = await reads("tom", "lists.own", { owner: "vera" });
    expect(shown).toMatchObject({ status: 401, error: { message: "This page is of vera, and tom is signed in now." } });
    const { version } = (await reads<Versioned<WatchList>>("tom", "lists.own", { owner: "tom" })).data;
    expect(await reason(does("tom", "lists.save", { owner: "vera", kept: [], version }))).toBe("UNAUTHORIZED");
    const drawn = { owner: "vera", symbol: SYMBOL };
    expect((await reads("tom", "drawings.own", drawn)).status).toBe(401);
    expect(await reason(does("tom", "drawings.save", { ...drawn, kept: [], version: null }))).toBe("UNAUTHORIZED");
    expect((await reads<Versioned<WatchList>>("tom", "lists.own", { owner: "tom" })).data.version).toBe(version);
  });

  test("from before there were people belongs to the built-in account", async () => {
    const { indexPrefix } = names(api.config.TAPEDECK_NAMESPACE);
    const stored = { owner: "admin", updated: 1, kept: [{ id: "abcdefgh", name: "Before", query: "?grid=1" }] };
    await fetch(`${api.config.ELASTICSEARCH_URL}/${indexPrefix}desks/_doc/admin`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(stored),
    });
    expect((await reads<Versioned<unknown>>("admin", "desks.own", { owner: "admin" })).data.kept).toEqual(stored.kept);
    expect((await reads<Versioned<unknown>>("tom", "desks.own", { owner: "tom" })).data.kept).toEqual([]);
  });
});

describe("accounts", () => {
  test("change once against one version, are added once, and survive a rebuild", async () => {
    const version = await versionOf("tom");
    const roles = ["viewer", "admin"].map((role) => does("admin", "people.setRole", { name: "tom", version, role }));
    const outcomes = (await Promise.all(roles)).map(({ status }) => status);
    expect(outcomes).toEqual(expect.arrayContaining([200, 409]));
    const twice = ["viewer", "trader"].map((role) =>
      does("admin", "people.add", { name: "uma", role, password: THEIRS }),
    );
    const added = (await Promise.all(twice)).map(({ status }) => status);
    expect(added).toEqual(expect.arrayContaining([200, 409]));
    await api.elasticsearch.dropPrices();
    expect((await reads<PeopleList>("admin", "people.list")).data.rows.map(({ name }) => name)).toEqual([
      "admin",
      "tom",
      "uma",
      "vera",
    ]);
  });

  test("that are disabled are out at their next request, and may not sign in", async () => {
    expect((await reads<{ person: unknown }>("vera", "session.current")).data.person).toMatchObject({ name: "vera" });
    await does("admin", "people.setState", { name: "vera", version: await versionOf("vera"), state: "disabled" });
    expect((await reads<{ person: unknown }>("vera", "session.current")).data.person).toBeNull();
    expect((await reads("vera", "lists.own", { owner: "vera" })).status).toBe(401);
    expect(await reason(change(api.address, "session.login", { name: "vera", password: THEIRS }))).toBe("UNAUTHORIZED");
  });

  test("say when they last signed in, and stand in the log with what was done to them, but for a password", async () => {
    const { data } = await reads<PeopleList>("admin", "people.list");
    expect(data.rows.find(({ name }) => name === "tom")?.lastSignIn).toBeGreaterThan(Date.now() * 1_000 - 600_000_000);
    expect(data.rows.find(({ name }) => name === "uma")?.lastSignIn).toBeNull();
    const log = await reads<AuditPage>("admin", "audit.page", { person: "VER" });
    const told = log.data.rows.map(({ entry: { action, who, symbol, about } }) => {
      return `${who} ${action} ${symbol ?? about ?? ""}`;
    });
    expect(told).toContain("admin person-disabled vera");
    expect(told).toContain(`vera alert-added ${SYMBOL}`);
    expect(told.every((line) => line.includes("vera"))).toBe(true);
    expect(JSON.stringify([data, log])).not.toMatch(/scrypt|horse/);
  });

  test("that cannot be read are left out and counted, and hold up neither the list nor adding", async () => {
    const { indexPrefix } = names(api.config.TAPEDECK_NAMESPACE);
    const put = await fetch(`${api.config.ELASTICSEARCH_URL}/${indexPrefix}people/_doc/zoe?refresh=true`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "zoe", role: "empress" }),
    });
    expect(put.status).toBe(201);
    const { data } = await reads<PeopleList>("admin", "people.list");
    expect(data).toMatchObject({ unread: 1, signIns: true });
    expect(data.rows.map(({ name }) => name)).not.toContain("zoe");
    const account = { role: "viewer", password: THEIRS };
    expect(await reason(does("admin", "people.add", { ...account, name: "zoe" }))).toBe("CONFLICT");
    expect(await reason(does("admin", "people.add", { ...account, name: "yan" }))).toBeNull();
  });
});
