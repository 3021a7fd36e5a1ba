import { z } from "zod";
import { newPasswordSchema, PEOPLE_LIMITS, type SignedIn } from "../../contracts/people.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";
import { changePassword, type PeopleNeeds } from "./change.ts";

export const changeOwnPasswordInput = z.strictObject({
  current: z.string().min(1).max(PEOPLE_LIMITS.mostPassword),
  password: newPasswordSchema,
});

type Needs = PeopleNeeds & Pick<Services, "sessions"> & { person: SignedIn };

/**
 * Changes the password of who is signed in, and gives the token of a new session: all others of theirs end. BAD_INPUT when the present password is
 * wrong, which counts as an attempt to sign in: RATE_LIMITED; FORBIDDEN for the built-in account; UNAUTHORIZED when the account is closed. One document
 * is read, judged and replaced: what an admin does meanwhile stands, CONFLICT.
 */
export async function changeOwnPassword(
  services: Needs,
  { current, password }: z.infer<typeof changeOwnPasswordInput>,
  address: string,
): Promise<string> {
  const { accounts, people, person, sessions } = services;
  const { name, builtIn } = person;
  if (builtIn) {
    throw new TapedeckError("FORBIDDEN", "The password of admin is the configured one: TAPEDECK_ADMIN_PASSWORD.");
  }
  const stored = await people.get(name);
  if (stored?.person.state !== "enabled") throw new TapedeckError("UNAUTHORIZED", "Sign in first.");
  if (!(await sessions.isPassword(accounts.of(stored.person), current, address))) {
    throw new TapedeckError("BAD_INPUT", "That is not your present password.");
  }
  const changed = await changePassword(services, { name, version: stored.version, password }, "own-password");
  return sessions.begin(accounts.of(changed.person));
}
