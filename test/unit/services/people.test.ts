import { beforeEach, describe, expect, test } from "vitest";
import { type Person, personSchema, type PeopleStore } from "#lib/contracts/people.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { AuditPace } from "#lib/services/audit/pace.ts";
import { recordChanges } from "#lib/services/audit/record.ts";
import { Accounts } from "#lib/services/people/accounts.ts";
import { addPerson, addPersonInput } from "#lib/services/people/add.ts";
import { setPassword, setPersonState, setRole } from "#lib/services/people/change.ts";
import { listPeople } from "#lib/services/people/list.ts";
import { changeOwnPassword } from "#lib/services/people/own-password.ts";
import { Passwords } from "#lib/services/people/passwords.ts";
import { Sessions } from "#lib/services/session/sessions.ts";
import { cheapPasswords, fakeAudit, fakePeople } from "./fake-stores.ts";
import { TODAY } from "./fixtures.ts";

const secret = Buffer.alloc(32, 7);
const PASSWORD = "correct horse battery";
const OTHER = "another correct horse";
let now = TODAY;
const clock = () => now;

/** An installation of which `admin` does what is done. */
function open(people: PeopleStore = fakePeople()) {
  const audit = fakeAudit();
  const passwords = cheapPasswords();
  const accounts = new Accounts({ people, passwords, password: "configured", secret, now: clock });
  const sessions = new Sessions({ accounts, secret, now: clock });
  const log = { error: () => undefined };
  const record = recordChanges(
    { audit, auditPace: new AuditPace(), log, now: clock },
    { who: "admin", address: "::1" },
  );
  const admin = { name: "admin", role: "admin", builtIn: true } as const;
  const services = { accounts, audit, log, now: clock, passwords, people, person: admin, record, sessions };
  const signIn = async (name = "bob", password = PASSWORD) => (await sessions.login({ name, password }, "a")).token;
  return { ...services, services, signIn };
}

async function withBob() {
  const opened = open();
  const bob = await addPerson(opened.services, { name: "bob", role: "trader", password: PASSWORD });
  return { ...opened, bob, token: await opened.signIn() };
}

beforeEach(() => {
  now = TODAY;
});

describe("a password", () => {
  test("is kept as a hash with its own salt and the parameters it was made by", async () => {
    const one = await new Passwords().hash(PASSWORD);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
    const passwords = cheapPasswords();
    const [two, three] = await Promise.all([passwords.hash(PASSWORD), passwords.hash(PASSWORD)]);
    expect(two).not.toBe(three);
    expect(await passwords.matches(PASSWORD, two)).toBe(true);
    expect(await passwords.matches(`${PASSWORD} `, two)).toBe(false);
    expect(passwords.decoy()).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await passwords.matches(PASSWORD, passwords.decoy())).toBe(false);
  });

  test("is the same however its letters are composed", async () => {
    const passwords = cheapPasswords();
    expect(await passwords.matches("gru\u0308n und weiß", await passwords.hash("gr\u00fcn und weiß"))).toBe(true);
  });

  test("hashed by the test vector of RFC 7914 is read with those parameters", async () => {
    // scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), the first 32 of its 64 bytes.
    const hash = Buffer.from("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2", "hex");
    const salt = Buffer.from("SodiumChloride");
    const words = [salt, hash].map((bytes) => bytes.toString("base64").replaceAll("=", ""));
    expect(await cheapPasswords().matches("pleaseletmein", `$scrypt$ln=14,r=8,p=1$${words.join("$")}`)).toBe(true);
  });

  test("is computed for two at once; twenty wait, and more are refused, until some are done", async () => {
    const passwords = cheapPasswords();
    const all = await Promise.allSettled(Array.from({ length: 30 }, () => passwords.hash(PASSWORD)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(22);
    expect(all.at(-1)).toMatchObject({ status: "rejected", reason: { code: "RATE_LIMITED" } });
    expect(await passwords.hash(PASSWORD)).toMatch(/^\$scrypt/);
  });

  test("that is stored as anything else lets nobody in", async () => {
    for (const hashed of ["", PASSWORD, "$scrypt$ln=30,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA"]) {
      await expect(cheapPasswords().matches(PASSWORD, hashed)).rejects.toMatchObject({ code: "REFUSED" });
    }
  });
});

describe("a session of a person", () => {
  test("says who they are, and their role as it is now", async () => {
    const { bob, services, sessions, token } = await withBob();
    expect(await sessions.personOf(token)).toEqual({ name: "bob", role: "trader", builtIn: false });
    await setRole(services, { name: "bob", version: bob.version, role: "viewer" });
    expect(await sessions.personOf(token)).toMatchObject({ role: "viewer" });
  });

  test.each(["disabled", "removed"] as const)("ends when they are %s, for good", async (state) => {
    const { bob, services, sessions, signIn, token } = await withBob();
    now += 1;
    const { version } = await setPersonState(services, { name: "bob", version: bob.version, state });
    expect(await sessions.personOf(token)).toBeNull();
    await expect(signIn()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    now += 1;
    await setPersonState(services, { name: "bob", version, state: "enabled" });
    expect(await sessions.personOf(token)).toBeNull();
    expect(await sessions.personOf(await signIn())).toMatchObject({ name: "bob" });
  });

  test("ends with the password it was begun with; who changes their own goes on with a new one", async () => {
    const { bob, services, sessions, signIn, token } = await withBob();
    await setPassword(services, { name: "bob", version: bob.version, password: OTHER });
    expect(await sessions.personOf(token)).toBeNull();
    await expect(signIn()).rejects.toMatchObject({ code: "UNAUTHORIZED" });

    const before = await signIn("bob", OTHER);
    const person = { name: "bob", role: "trader", builtIn: false } as const;
    const own = { ...services, person };
    const wrong = changeOwnPassword(own, { current: PASSWORD, password: PASSWORD }, "b");
    await expect(wrong).rejects.toMatchObject({ code: "BAD_INPUT" });
    const renewed = await changeOwnPassword(own, { current: OTHER, password: PASSWORD }, "b");
    expect(await sessions.personOf(before)).toBeNull();
    expect(await sessions.personOf(renewed)).toMatchObject({ name: "bob" });
  });

  test("notices within a second what another process changed, and asks the store once in that time", async () => {
    const { bob, people, sessions, token } = await withBob();
    await sessions.personOf(token);
    const stored = await people.get("bob");
    const person: Person = { ...(stored?.person ?? personSchema.parse({})), state: "disabled" };
    await people.replace(person, bob.version);
    expect(await sessions.personOf(token)).not.toBeNull();
    now += SECOND;
    expect(await sessions.personOf(token)).toBeNull();
  });

  test("cannot be told to be anybody's while the store does not answer, but for the built-in account's", async () => {
    const { sessions, signIn, people, token } = await withBob();
    const admin = await signIn("admin", "configured");
    now += SECOND;
    people.get = () => Promise.reject(new Error("no store"));
    await expect(sessions.personOf(token)).rejects.toThrow("no store");
    expect(await sessions.personOf(admin)).toMatchObject({ name: "admin" });
  });
});

describe("a change of one's own password", () => {
  const himself = { name: "bob", role: "trader", builtIn: false } as const;
  const whileChecking = async (act: (opened: Awaited<ReturnType<typeof withBob>>) => Promise<unknown>) => {
    const opened = await withBob();
    const { passwords, services } = opened;
    const matches = passwords.matches.bind(passwords);
    passwords.matches = async (given, hashed) => {
      passwords.matches = matches;
      await act(opened);
      return matches(given, hashed);
    };
    const input = { current: PASSWORD, password: "yet another password" };
    return { ...opened, own: changeOwnPassword({ ...services, person: himself }, input, "b") };
  };

  test("undoes nothing that an admin does while they change their own password", async () => {
    const reset = await whileChecking(({ bob, services }) => {
      return setPassword(services, { name: "bob", version: bob.version, password: OTHER });
    });
    await expect(reset.own).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await reset.signIn("bob", OTHER)).toContain("bob");
    const disabled = await whileChecking(({ bob, services }) => {
      return setPersonState(services, { name: "bob", version: bob.version, state: "disabled" });
    });
    await expect(disabled.own).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("gives who is disabled no way to another password", async () => {
    const { bob, people, services } = await withBob();
    await setPersonState(services, { name: "bob", version: bob.version, state: "disabled" });
    const before = await people.get("bob");
    const own = changeOwnPassword({ ...services, person: himself }, { current: PASSWORD, password: OTHER }, "b");
    await expect(own).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(await people.get("bob")).toEqual(before);
  });
});

describe("accounts", () => {
  test("are listed with the built-in one first and removed ones last", async () => {
    const { services } = await withBob();
    const ann = await addPerson(services, { name: "ann", role: "viewer", password: PASSWORD });
    await addPerson(services, { name: "cleo", role: "admin", password: PASSWORD });
    await setPersonState(services, { name: "ann", version: ann.version, state: "removed" });
    const { rows } = await listPeople(services);
    expect(rows.map(({ name, role, state }) => `${name} ${role} ${state}`)).toEqual([
      "admin admin enabled",
      "bob trader enabled",
      "cleo admin enabled",
      "ann viewer removed",
    ]);
    expect(JSON.stringify(rows)).not.toContain("scrypt");
  });

  test("are listed as far as they can be read, and without the last sign-ins where those cannot", async () => {
    const { audit, people, services } = await withBob();
    const stored = await people.list();
    people.list = () => Promise.resolve({ ...stored, unread: 2 });
    expect(await listPeople(services)).toMatchObject({ unread: 2, signIns: true });
    audit.lastSignIns = () => Promise.reject(new Error("no store"));
    const { rows, signIns } = await listPeople(services);
    expect(rows.map(({ name, lastSignIn }) => [name, lastSignIn])).toEqual([
      ["admin", null],
      ["bob", null],
    ]);
    expect(signIns).toBe(false);
  });
});

describe("an account", () => {
  test("has a name of its own, in small letters, also against removed ones and the built-in one", async () => {
    const { bob, services } = await withBob();
    const add = (name: string) => addPerson(services, { name, role: "viewer", password: PASSWORD });
    await setPersonState(services, { name: "bob", version: bob.version, state: "removed" });
    await expect(add("bob")).rejects.toThrow("that account was removed, and can be brought back");
    await expect(add("admin")).rejects.toMatchObject({ code: "CONFLICT" });
    const input = { role: "viewer", password: PASSWORD };
    expect(addPersonInput.parse({ ...input, name: " Ann.Lee " }).name).toBe("ann.lee");
    const wrong = ["", "a b", ".ann", "ann|x", "ä", "a".repeat(33)];
    expect(wrong.filter((name) => addPersonInput.safeParse({ ...input, name }).success)).toEqual([]);
    expect(addPersonInput.safeParse({ ...input, name: "ann", password: "eleven char" }).success).toBe(false);
  });

  test("changes against the version that was seen, never one's own role or state, and never the built-in one", async () => {
    const { bob, services } = await withBob();
    const seen = { name: "bob", version: bob.version };
    await setRole(services, { ...seen, role: "viewer" });
    await expect(setRole(services, { ...seen, role: "admin" })).rejects.toMatchObject({ code: "CONFLICT" });
    const himself = { ...services, person: { name: "bob", role: "admin", builtIn: false } as const };
    const own = setPersonState(himself, { name: "bob", version: "2", state: "disabled" });
    await expect(own).rejects.toMatchObject({ code: "FORBIDDEN" });
    const builtIn = setPassword(himself, { name: "admin", version: "1", password: OTHER });
    await expect(builtIn).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(setRole(services, { name: "nobody", version: "1", role: "viewer" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("leaves in the audit log who did what to whom, and nothing of a password", async () => {
    const { audit, bob, services } = await withBob();
    const { version } = await setRole(services, { name: "bob", version: bob.version, role: "viewer" });
    const set = await setPassword(services, { name: "bob", version, password: OTHER });
    await setPersonState(services, { name: "bob", version: set.version, state: "disabled" });
    const told = audit.rows.map(({ entry: { action, who, about, changes } }) => [action, who, about, changes]);
    expect(told.toReversed()).toEqual([
      ["person-added", "admin", "bob", [{ field: "role", before: null, after: "trader" }]],
      ["person-role", "admin", "bob", [{ field: "role", before: "trader", after: "viewer" }]],
      ["person-password", "admin", "bob", []],
      ["person-disabled", "admin", "bob", [{ field: "state", before: "enabled", after: "disabled" }]],
    ]);
    expect(JSON.stringify(audit.rows)).not.toMatch(/scrypt|horse/);
  });
});
