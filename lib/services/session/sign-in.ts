import { errorCode, TapedeckError } from "../../errors.ts";
import { entryOf } from "../audit/record.ts";
import type { Services } from "../services.ts";

type Needs = Pick<Services, "audit" | "log" | "now" | "sessions">;

/**
 * As `AdminSessions.login`, on the record: nobody is signed in unrecorded, UNAVAILABLE. A wrong password is refused whether that can be recorded or
 * not; attempts beyond their limit are not recorded one by one. What was typed is never recorded.
 */
export async function signIn({ audit, log, now, sessions }: Needs, password: string, address: string): Promise<string> {
  const entry = (action: "signed-in" | "sign-in-refused") =>
    entryOf({ action, symbol: null, before: null, after: null }, now(), address);
  let token: string;
  try {
    token = sessions.login(password, address);
  } catch (error) {
    if (errorCode(error) === "UNAUTHORIZED") {
      await audit.append(entry("sign-in-refused")).catch((failed: unknown) => {
        log.error({ err: failed, address }, "a refused sign-in could not be recorded");
      });
    }
    throw error;
  }
  try {
    await audit.append(entry("signed-in"));
  } catch (error) {
    throw new TapedeckError(
      "UNAVAILABLE",
      "The audit log cannot be written now, so nobody can sign in. Try again in a moment.",
      {
        cause: error,
      },
    );
  }
  return token;
}
