import { z } from "zod";
import { BUILT_IN, PEOPLE_LIMITS, type SignedIn } from "../../contracts/people.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import { entryOf } from "../audit/record.ts";
import type { Services } from "../services.ts";
import type { Credentials } from "./sessions.ts";

export const signInInput = z.object({
  /** Scripts of installations with one password name nobody. */
  name: z.string().trim().toLowerCase().max(64).default(BUILT_IN),
  password: z.string().min(1).max(PEOPLE_LIMITS.mostPassword),
});

type Needs = Pick<Services, "accounts" | "audit" | "log" | "now" | "sessions">;

/**
 * As `Sessions.login`, on the record: nobody is signed in unrecorded, UNAVAILABLE. A wrong password is refused whether that can be recorded or
 * not; attempts beyond their limit are not recorded one by one. A name that was typed is recorded only where an account has it: some type their
 * password there.
 */
export async function signIn(
  services: Needs,
  given: Credentials,
  address: string,
): Promise<SignedIn & { token: string }> {
  const { accounts, audit, log, now, sessions } = services;
  const entry = (action: "signed-in" | "sign-in-refused", who: string | null) =>
    entryOf({ action, symbol: null, before: null, after: null }, now(), { who, address });
  let signed: Awaited<ReturnType<typeof sessions.login>>;
  try {
    signed = await sessions.login(given, address);
  } catch (error) {
    if (errorCode(error) === "UNAUTHORIZED") {
      const who = (await accounts.get(given.name).catch(() => null))?.name ?? null;
      await audit.append(entry("sign-in-refused", who)).catch((failed: unknown) => {
        log.error({ err: failed, address }, "a refused sign-in could not be recorded");
      });
    }
    throw error;
  }
  try {
    await audit.append(entry("signed-in", signed.name));
  } catch (error) {
    throw new TapedeckError(
      "UNAVAILABLE",
      "The audit log cannot be written now, so nobody can sign in. Try again in a moment.",
      {
        cause: error,
      },
    );
  }
  return signed;
}
