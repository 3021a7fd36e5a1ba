import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { errorCode } from "#lib/errors.ts";
import { AdminSessions } from "#lib/services/session/admin-sessions.ts";
import { Attempts } from "#lib/services/session/attempts.ts";
import { isSecure, readSessionCookie, SESSION_SECONDS, sessionCookie } from "#lib/services/session/cookie.ts";
import { assertSameOrigin } from "#lib/services/session/same-origin.ts";
import { TODAY } from "./fixtures.ts";

const secret = Buffer.alloc(32, 7);
let now = TODAY;

function sessions(password: string | undefined = "correct horse", key = secret): AdminSessions {
  return new AdminSessions({ password, secret: key, now: () => now });
}

/** How a wrong password is answered. */
function fail(admin: AdminSessions, address: string): string {
  try {
    admin.login("wrong", address);
    return "in";
  } catch (error) {
    return errorCode(error);
  }
}

function read(cookie: string): string | null {
  return readSessionCookie(new Headers({ cookie }));
}

beforeEach(() => {
  now = TODAY;
});

describe("a session", () => {
  test("is what the right password gives, for twelve hours", () => {
    const admin = sessions();
    const token = admin.login("correct horse", "a");
    expect(admin.valid(token)).toBe(true);
    now += SESSION_SECONDS * SECOND - 1;
    expect(admin.valid(token)).toBe(true);
    now += 1;
    expect(admin.valid(token)).toBe(false);
  });

  test("outlives a restart, but not another password or another secret", () => {
    const token = sessions().login("correct horse", "a");
    expect(sessions().valid(token)).toBe(true);
    expect(sessions("another password").valid(token)).toBe(false);
    expect(sessions("correct horse", Buffer.alloc(32, 8)).valid(token)).toBe(false);
  });

  test("cannot be forged or prolonged", () => {
    const admin = sessions();
    const token = admin.login("correct horse", "a");
    const [expires = "", signature = ""] = token.split(".");
    const longer = (Number.parseInt(expires, 36) + 1).toString(36);
    for (const forged of [`${longer}.${signature}`, `${expires}.`, expires, "", ".", `${token}.x`, `${expires}.AAAA`]) {
      expect(admin.valid(forged)).toBe(false);
    }
    expect(admin.valid(null)).toBe(false);
  });

  test("is refused to a wrong password, and to everybody where none is configured", () => {
    expect(() => sessions().login("wrong", "a")).toThrow(expect.objectContaining({ code: "UNAUTHORIZED" }));
    const none = new AdminSessions({ password: undefined, secret, now: () => now });
    expect(() => none.login("", "a")).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
    expect(none.valid(sessions().login("correct horse", "a"))).toBe(false);
  });
});

describe("attempts", () => {
  test("are five a minute for each address; then even the right password waits", () => {
    const admin = sessions();
    for (let attempt = 0; attempt < 5; attempt += 1) expect(fail(admin, "a")).toBe("UNAUTHORIZED");
    expect(() => admin.login("correct horse", "a")).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
    expect(fail(admin, "b")).toBe("UNAUTHORIZED");
    now += MINUTE;
    expect(admin.valid(admin.login("correct horse", "a"))).toBe(true);
  });

  test("are thirty a minute for all addresses together", () => {
    const admin = sessions();
    for (let attempt = 0; attempt < 30; attempt += 1) expect(fail(admin, `a${attempt}`)).toBe("UNAUTHORIZED");
    expect(fail(admin, "another")).toBe("RATE_LIMITED");
  });

  test("are remembered of a thousand addresses at most", () => {
    const attempts = new Attempts();
    for (let address = 0; address < 1_200; address += 1) attempts.failed(`a${address}`, TODAY);
    expect(attempts.addresses).toBe(1_000);
  });

  test("that succeed clear the address", () => {
    const admin = sessions();
    for (let attempt = 0; attempt < 4; attempt += 1) fail(admin, "a");
    admin.login("correct horse", "a");
    for (let attempt = 0; attempt < 5; attempt += 1) expect(fail(admin, "a")).toBe("UNAUTHORIZED");
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
