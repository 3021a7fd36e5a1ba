import { beforeEach, describe, expect, test } from "vitest";
import { DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { errorCode } from "#lib/errors.ts";
import { Accounts } from "#lib/services/people/accounts.ts";
import { Attempts } from "#lib/services/session/attempts.ts";
import { isSecure, readSessionCookie, SESSION_SECONDS, sessionCookie } from "#lib/services/session/cookie.ts";
import { networkOf } from "#lib/services/session/network.ts";
import { assertSameOrigin } from "#lib/services/session/same-origin.ts";
import { Sessions } from "#lib/services/session/sessions.ts";
import { cheapPasswords, fakePeople } from "./fake-stores.ts";
import { TODAY } from "./fixtures.ts";

const secret = Buffer.alloc(32, 7);
const RIGHT = { name: "admin", password: "correct horse" };
let now = TODAY;

function sessions(password: string | undefined = RIGHT.password, key = secret): Sessions {
  const accounts = new Accounts({
    people: fakePeople(),
    passwords: cheapPasswords(),
    password,
    secret: key,
    now: () => now,
  });
  return new Sessions({ accounts, secret: key, now: () => now });
}

const tokenOf = async (from: Sessions, address = "a"): Promise<string> => (await from.login(RIGHT, address)).token;
const isIn = async (at: Sessions, token: string | null): Promise<boolean> => (await at.personOf(token)) !== null;

/** How a wrong password is answered. */
function fail(at: Sessions, address: string, name = "admin"): Promise<string> {
  return at.login({ name, password: "wrong" }, address).then(
    () => "in",
    (error: unknown) => errorCode(error),
  );
}

function read(cookie: string): string | null {
  return readSessionCookie(new Headers({ cookie }));
}

/** One after the other. */
const times = <T>(count: number, act: (number: number) => Promise<T>): Promise<T[]> =>
  Array.from({ length: count }).reduce<Promise<T[]>>(
    async (before, _, number) => [...(await before), await act(number)],
    Promise.resolve([]),
  );
const refusals = (codes: readonly string[]): number => codes.filter((code) => code === "RATE_LIMITED").length;

beforeEach(() => {
  now = TODAY;
});

describe("a session", () => {
  test("is what the right password gives, for twelve hours", async () => {
    const at = sessions();
    const token = await tokenOf(at);
    expect(await at.personOf(token)).toEqual({ name: "admin", role: "admin", builtIn: true });
    now += SESSION_SECONDS * SECOND - 1;
    expect(await isIn(at, token)).toBe(true);
    now += 1;
    expect(await isIn(at, token)).toBe(false);
  });

  test("outlives a restart, but not another password or another secret", async () => {
    const token = await tokenOf(sessions());
    expect(await isIn(sessions(), token)).toBe(true);
    expect(await isIn(sessions("another password"), token)).toBe(false);
    expect(await isIn(sessions(RIGHT.password, Buffer.alloc(32, 8)), token)).toBe(false);
  });

  test("cannot be forged, prolonged or made another's", async () => {
    const at = sessions();
    const token = await tokenOf(at);
    const [name = "", expires = "", signature = ""] = token.split(".");
    const longer = (Number.parseInt(expires, 36) + 1).toString(36);
    const forgeries = [`${name}.${longer}.${signature}`, `${name}.${expires}.`, `${name}.${expires}`, "", "..", "."];
    const others = [`${token}.x`, `bob.${expires}.${signature}`, `${name}.${expires}.${"A".repeat(43)}`, `.${token}`];
    for (const forged of [...forgeries, ...others]) expect(await isIn(at, forged)).toBe(false);
    expect(await isIn(at, null)).toBe(false);
  });

  test("is refused to a wrong password, and of the built-in account where none is configured", async () => {
    expect(await fail(sessions(), "a")).toBe("UNAUTHORIZED");
    const accounts = new Accounts({
      people: fakePeople(),
      passwords: cheapPasswords(),
      password: undefined,
      secret,
      now: () => now,
    });
    const none = new Sessions({ accounts, secret, now: () => now });
    expect(await fail(none, "a")).toBe("FORBIDDEN");
    expect(await isIn(none, await tokenOf(sessions()))).toBe(false);
  });
});

describe("attempts", () => {
  test("that are wrong are five a minute of an address with a name; then even the right password waits", async () => {
    const at = sessions();
    expect(refusals(await times(5, () => fail(at, "a")))).toBe(0);
    await expect(at.login(RIGHT, "a")).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await fail(at, "a", "bob")).toBe("UNAUTHORIZED");
    now += MINUTE;
    expect(await isIn(at, await tokenOf(at))).toBe(true);
  });

  test("with a name wait longer and longer wherever they come from, half a minute at most", async () => {
    const at = sessions();
    let wait = 0;
    const waits: number[] = [];
    for (let attempt = 0; attempt < 14; attempt += 1) {
      while ((await fail(at, `a${attempt}`)) === "RATE_LIMITED") {
        now += SECOND;
        wait += 1;
      }
      waits.push(wait);
      wait = 0;
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30, 30]);
    expect(await fail(at, "another", "bob")).toBe("UNAUTHORIZED");
  });

  test("of others keep nobody out from where they lately signed in", async () => {
    const at = sessions();
    await tokenOf(at, "home");
    // With their name from elsewhere; with other names from their own network, as behind one proxy; and with so many that nobody else may.
    await times(20, (number) => fail(at, `a${number}`));
    await times(30, (number) => fail(at, "home", `n${number}`));
    await times(200, (number) => fail(at, `b${number}`, `m${number}`));
    expect(await fail(at, "anywhere", "anybody")).toBe("RATE_LIMITED");
    await expect(at.login(RIGHT, "elsewhere")).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await isIn(at, await tokenOf(at, "home"))).toBe(true);
    now += 7 * DAY;
    await times(20, (number) => fail(at, "home", `n${number}`));
    await expect(at.login(RIGHT, "home")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });

  test("are a hundred and twenty wrong ones a minute for all together", () => {
    const attempts = new Attempts();
    const begin = (number: number) => attempts.begin({ address: `a${number}`, name: `n${number}` }, TODAY);
    for (let number = 0; number < 120; number += 1) begin(number);
    expect(() => begin(120)).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
  });

  test("that are right are limited too, of an address with a name and of a name", async () => {
    const at = sessions();
    const succeed = (address: string) => tokenOf(at, address).then(() => "in", errorCode);
    expect(refusals(await times(35, () => succeed("a")))).toBe(5);
    expect(refusals(await times(35, () => succeed("b")))).toBe(5);
    expect(await succeed("c")).toBe("RATE_LIMITED");
    now += MINUTE;
    expect(await succeed("c")).toBe("in");
  });
});

describe("what is remembered of attempts", () => {
  test("is counted by the 64 bits of an IPv6 address that a household has", () => {
    expect(networkOf("2001:db8:0:7:1:2:3:4")).toBe(networkOf("2001:db8::7:ffff:0:0:1"));
    expect(networkOf("2001:db8:0:8::1")).not.toBe(networkOf("2001:db8:0:7::1"));
    expect(networkOf("2001:DB8::1")).toBe("2001:db8:0:0::/64");
    expect(networkOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
    expect(networkOf("64:ff9b::192.0.2.33")).toBe("64:ff9b:0:0::/64");
    expect(["10.0.0.1", "::ffff:10.0.0.1", "unknown"].map(networkOf)).toEqual(["10.0.0.1", "10.0.0.1", "unknown"]);
  });

  test("is of a thousand addresses and names at most", () => {
    const attempts = new Attempts();
    for (let number = 0; number < 1_200; number += 1) {
      attempts.begin({ address: `a${number}`, name: `n${number}` }, TODAY + number * MINUTE);
    }
    expect(attempts.size).toBe(1_000);
  });

  test("is nothing wrong of those that succeed, and they clear nothing", async () => {
    const at = sessions();
    for (let round = 0; round < 4; round += 1) {
      expect(await fail(at, "a")).toBe("UNAUTHORIZED");
      await at.login(RIGHT, "a");
    }
    expect(await fail(at, "a")).toBe("UNAUTHORIZED");
    expect(await fail(at, "a")).toBe("RATE_LIMITED");
  });
});

describe("the cookie", () => {
  test("is for our pages only, out of reach of scripts, and Secure over TLS", () => {
    expect(sessionCookie("t.s", false)).toBe("tapedeck-session=t.s; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200");
    expect(sessionCookie("t.s", true)).toMatch(/; Secure$/);
    expect(sessionCookie(null, false)).toMatch(/^tapedeck-session=; .*Max-Age=0$/);
  });

  test("is found among others", () => {
    expect(read("a=b; tapedeck-session=t.s; c=d")).toBe("t.s");
    expect(read("a=b; tapedeck-session=")).toBeNull();
    expect(readSessionCookie(new Headers())).toBeNull();
  });

  test("is Secure behind a proxy that ends TLS", () => {
    const url = new URL("http://here/");
    expect(isSecure(new Headers({ "x-forwarded-proto": "https" }), url)).toBe(true);
    expect(isSecure(new Headers(), url)).toBe(false);
    expect(isSecure(new Headers(), new URL("https://here/"))).toBe(true);
  });
});

describe("a change is taken", () => {
  const url = new URL("http://here:3000/api/trpc/x");
  const from = (headers: Record<string, string>) => () =>
    assertSameOrigin(new Headers({ host: "here:3000", ...headers }), url);

  test.each([{ "sec-fetch-site": "same-origin" }, { origin: "http://here:3000" }])(
    "from our own page: %j",
    (headers) => {
      expect(from(headers)).not.toThrow();
    },
  );

  test.each([
    {},
    { origin: "http://there:3000" },
    { origin: "http://here:3001" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "http://here:3000" },
    { "sec-fetch-site": "none", origin: "http://here:3000" },
  ])("from nowhere else: %j", (headers) => {
    expect(from(headers)).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
  });
});
