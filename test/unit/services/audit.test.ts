import { describe, expect, test } from "vitest";
import {
  AUDIT_ACTIONS,
  AUDIT_LIMITS,
  type AuditAction,
  type AuditEntry,
  auditEntrySchema,
  type AuditStore,
} from "#lib/contracts/audit.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import { changedFields } from "#lib/services/audit/changed-fields.ts";
import { forgetAudit } from "#lib/services/audit/keep-short.ts";
import { auditPage, auditPageInput } from "#lib/services/audit/page.ts";
import { AuditPace } from "#lib/services/audit/pace.ts";
import { recordChanges } from "#lib/services/audit/record.ts";
import { Accounts } from "#lib/services/people/accounts.ts";
import { Sessions } from "#lib/services/session/sessions.ts";
import { signIn } from "#lib/services/session/sign-in.ts";
import { cheapPasswords, fakeAudit, fakePeople } from "./fake-stores.ts";

const NOW = 1_767_614_400_000_000;
const PASSWORD = "the right one";
const now = () => NOW;
const down = new TapedeckError("UNAVAILABLE", "no store");
const CHANGE = {
  action: "ticker-disabled",
  symbol: "SIM:AAPL",
  before: { state: "enabled", name: "Apple" },
  after: { state: "disabled", name: "Apple" },
} as const;

function open(audit = fakeAudit()) {
  const errors: unknown[] = [];
  const log = { error: (fields: unknown) => void errors.push(fields) };
  const record = recordChanges({ audit, auditPace: new AuditPace(), log, now }, { who: "ann", address: "10.0.0.7" });
  const secret = Buffer.alloc(32);
  const accounts = new Accounts({ people: fakePeople(), passwords: cheapPasswords(), password: PASSWORD, secret, now });
  const sessions = new Sessions({ accounts, secret, now });
  return {
    audit,
    errors,
    record,
    login: (password: string, name = "admin") =>
      signIn({ accounts, audit, log, now, sessions }, { name, password }, "10.0.0.7"),
  };
}

describe("a change on the record", () => {
  test("is stored before it is made, and what became of it after", async () => {
    const { audit, record } = open();
    const made = await record(CHANGE, () => Promise.resolve(audit.rows.map(({ outcome }) => outcome)));
    expect(made).toEqual([null]);
    expect(audit.rows).toMatchObject([
      {
        entry: {
          time: NOW,
          action: "ticker-disabled",
          symbol: "SIM:AAPL",
          about: null,
          who: "ann",
          address: "10.0.0.7",
          changes: [{ field: "state", before: "enabled", after: "disabled" }],
        },
        outcome: { state: "done", reason: null, time: NOW },
      },
    ]);
    expect(auditEntrySchema.safeParse(audit.rows[0]?.entry).success).toBe(true);
  });

  test("is refused, and not made, where it cannot be recorded", async () => {
    const { record } = open(fakeAudit({ append: down }));
    let made = 0;
    const changing = record(CHANGE, () => Promise.resolve((made += 1)));
    await expect(changing).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "The audit log cannot be written now, so nothing was changed. Try again in a moment.",
    });
    expect(made).toBe(0);
  });

  test("stays made where only its outcome cannot be recorded, which nobody then knows", async () => {
    const { audit, errors, record } = open(fakeAudit({ settle: down }));
    expect(await record(CHANGE, () => Promise.resolve("made"))).toBe("made");
    expect(audit.rows.map(({ outcome }) => outcome)).toEqual([null]);
    expect(errors).toMatchObject([{ err: down, outcome: { state: "done" } }]);
  });

  test.each([
    ["CONFLICT", "refused"],
    ["TIMEOUT", "unknown"],
  ] as const)("that failed with %s is %s, and its error comes through", async (code, state) => {
    const { audit, record } = open();
    const failed = new TapedeckError(code, "why");
    await expect(record(CHANGE, () => Promise.reject(failed))).rejects.toBe(failed);
    expect(audit.rows[0]?.outcome).toEqual({ state, reason: "why", time: NOW });
  });
});

describe("what differs", () => {
  test("is named by field, parts with their whole, empty values as not there", () => {
    const before = { name: "A", aliases: ["x", "y"], sector: null, condition: { kind: "above", level: 5 }, same: 1 };
    const after = { name: "A", aliases: [], sector: "Tech", condition: { kind: "below", level: 5 }, same: 1 };
    expect(changedFields(before, after)).toEqual([
      { field: "aliases", before: "x, y", after: null },
      { field: "condition.kind", before: "above", after: "below" },
      { field: "sector", before: null, after: "Tech" },
    ]);
    expect(changedFields(null, { name: "A" })).toEqual([{ field: "name", before: null, after: "A" }]);
  });

  test("is cut where it is longer than any field may be", () => {
    const [change] = changedFields(null, { note: "x".repeat(5_000) });
    expect(change?.after).toHaveLength(AUDIT_LIMITS.value);
    expect(change?.after?.endsWith("…")).toBe(true);
  });
});

describe("signing in", () => {
  test("is recorded with its address, refused or not, never with what was typed", async () => {
    const { audit, login } = open();
    await expect(login("a wrong one")).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(login(PASSWORD)).resolves.toMatchObject({ name: "admin", role: "admin" });
    const rows = audit.rows.map(({ entry: { action, who, address } }) => [action, who, address]);
    expect(rows).toEqual([
      ["signed-in", "admin", "10.0.0.7"],
      ["sign-in-refused", "admin", "10.0.0.7"],
    ]);
    expect(JSON.stringify(audit.rows)).not.toMatch(/wrong one|right one/);
  });

  test("with a name that nobody has is recorded without it: it may have been a password", async () => {
    const { audit, login } = open();
    await expect(login("a wrong one", "hunter2")).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(audit.rows.map(({ entry }) => entry.who)).toEqual([null]);
    expect(JSON.stringify(audit.rows)).not.toContain("hunter2");
  });

  test("beyond the limit of attempts is not recorded one by one", async () => {
    const { audit, login } = open();
    for (let attempt = 0; attempt < 20; attempt += 1) await login("a wrong one").catch(() => undefined);
    expect(audit.rows).toHaveLength(5);
  });

  test("is refused while it cannot be recorded; a wrong password is still called wrong", async () => {
    const { errors, login } = open(fakeAudit({ append: down }));
    await expect(login(PASSWORD)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(login("a wrong one")).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(errors).toHaveLength(1);
  });
});

test("pages lead from the newest entry to the oldest, each once", async () => {
  const { audit, record } = open();
  for (let count = 0; count < 5; count += 1) await record(CHANGE, () => Promise.resolve());
  const seen: AuditEntry["id"][] = [];
  let cursor: string | null = null;
  do {
    const { rows, next } = await auditPage({ audit }, auditPageInput.parse({ limit: 2, cursor }));
    seen.push(...rows.map(({ entry }) => entry.id));
    cursor = next;
  } while (cursor !== null);
  expect(seen).toEqual(audit.rows.map(({ entry }) => entry.id));
  await expect(auditPage({ audit }, auditPageInput.parse({ cursor: "x" }))).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("what is kept has a number for each kind: what some may do pushes out nothing that only others may", async () => {
  const asked: Parameters<AuditStore["forget"]>[0][] = [];
  const forget: AuditStore["forget"] = (keep) => Promise.resolve(asked.push(keep));
  await forgetAudit({ audit: { forget }, days: 2, now });
  const kindOf = (action: AuditAction) => asked.findIndex(({ actions }) => actions.includes(action));
  const everywhere = asked.flatMap(({ actions }) => actions);
  expect(everywhere.toSorted()).toEqual([...AUDIT_ACTIONS].toSorted());
  const kinds = [
    ["ticker-edited", "print-rejected", "person-role"],
    ["alert-added", "alert-removed"],
    ["signed-in", "own-password"],
    ["sign-in-refused"],
  ] as const;
  expect(kinds.flatMap((actions) => actions.map(kindOf))).toEqual([0, 0, 0, 1, 1, 2, 2, 3]);
  expect(asked.every(({ before, most }) => before === NOW - 2 * 86_400_000_000 && most >= 10_000)).toBe(true);
});

test("changes of one person are so many a minute at most, and those beyond are not made", async () => {
  const { audit, record } = open();
  let made = 0;
  const act = () => record(CHANGE, () => Promise.resolve((made += 1)));
  for (let count = 0; count < AUDIT_LIMITS.aMinute; count += 1) await act();
  await expect(act()).rejects.toMatchObject({
    code: "RATE_LIMITED",
    message: expect.stringContaining("60 s") as string,
  });
  expect([made, audit.rows.length]).toEqual([AUDIT_LIMITS.aMinute, AUDIT_LIMITS.aMinute]);
  const pace = new AuditPace();
  for (let count = 0; count < AUDIT_LIMITS.aMinute; count += 1) pace.count("ann", NOW);
  expect(() => pace.count("bob", NOW)).not.toThrow();
  expect(() => pace.count("ann", NOW + MINUTE)).not.toThrow();
});
