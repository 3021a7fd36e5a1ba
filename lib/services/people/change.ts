import { z } from "zod";
import type { AuditAction } from "../../contracts/audit.ts";
import {
  type AccountView,
  BUILT_IN,
  newPasswordSchema,
  personNameSchema,
  personStateSchema,
  type Person,
  roleSchema,
  type SignedIn,
  type VersionedPerson,
} from "../../contracts/people.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import type { OnRecord } from "../audit/record.ts";
import type { Services } from "../services.ts";
import { accountView } from "./list.ts";

const seen = z.strictObject({ name: personNameSchema, version: z.string().min(1).max(64) });

export const setRoleInput = seen.extend({ role: roleSchema });
export const setPersonStateInput = seen.extend({ state: personStateSchema });
export const setPasswordInput = seen.extend({ password: newPasswordSchema });

export type PeopleNeeds = Pick<Services, "accounts" | "now" | "passwords" | "people"> & OnRecord;
type ByAdmin = PeopleNeeds & { person: SignedIn };

/** Gives somebody another role, from their next request on. FORBIDDEN for one's own; NOT_FOUND; CONFLICT when somebody else was first. */
export function setRole(
  services: ByAdmin,
  { name, version, role }: z.infer<typeof setRoleInput>,
): Promise<AccountView> {
  assertOther(services, name);
  return viewOf(changePerson(services, { name, version, action: "person-role" }, (person) => ({ ...person, role })));
}

/**
 * Enables, disables or removes somebody, whose sessions end at their next request, for good: enabled again, they sign in anew. What is theirs stays.
 * FORBIDDEN for oneself; NOT_FOUND; CONFLICT when somebody else was first.
 */
export async function setPersonState(
  services: ByAdmin,
  { name, version, state }: z.infer<typeof setPersonStateInput>,
): Promise<AccountView> {
  assertOther(services, name);
  const sessionsFrom = services.now();
  const change = (person: Person): Person => ({ ...person, state, sessionsFrom });
  return viewOf(changePerson(services, { name, version, action: `person-${state}` }, change));
}

/** Gives somebody another password; their sessions end at their next request. NOT_FOUND; CONFLICT when somebody else was first. */
export function setPassword(services: PeopleNeeds, input: z.infer<typeof setPasswordInput>): Promise<AccountView> {
  return viewOf(changePassword(services, input, "person-password"));
}

/** Writes a new password; gives the account as it is stored then. NOT_FOUND; CONFLICT when somebody else was first. */
export async function changePassword(
  services: PeopleNeeds,
  { name, version, password }: z.infer<typeof setPasswordInput>,
  action: "own-password" | "person-password",
): Promise<VersionedPerson> {
  const hash = await services.passwords.hash(password);
  const sessionsFrom = services.now();
  return changePerson(services, { name, version, action }, (person) => ({ ...person, password: hash, sessionsFrom }));
}

/** Nobody loses their own rights by a slip of the hand. */
function assertOther({ person }: ByAdmin, name: string): void {
  if (person.name === name) {
    throw new TapedeckError(
      "FORBIDDEN",
      "Nobody changes their own role, disables or removes themselves: ask another admin.",
    );
  }
}

async function changePerson(
  { accounts, now, people, record }: PeopleNeeds,
  { name, version, action }: { name: string; version: string; action: AuditAction },
  change: (person: Person) => Person,
): Promise<VersionedPerson> {
  if (name === BUILT_IN) {
    throw new TapedeckError(
      "FORBIDDEN",
      "The account admin cannot be changed here: its password is the configured one.",
    );
  }
  const before = await people.get(name);
  if (!before) throw new TapedeckError("NOT_FOUND", `There is no account ${name}.`);
  if (before.version !== version) throw overtaken(name);
  const wanted = { ...change(before.person), updatedAt: now() };
  const entry = { action, symbol: null, about: name, before: told(before.person), after: told(wanted) };
  try {
    return await record(entry, () => people.replace(wanted, version));
  } catch (error) {
    throw errorCode(error) === "CONFLICT" ? overtaken(name) : error;
  } finally {
    accounts.forget();
  }
}

async function viewOf(changed: Promise<VersionedPerson>): Promise<AccountView> {
  return accountView(await changed);
}

/** What of an account stands in the audit log: nothing of its password. */
function told({ role, state }: Person): Pick<Person, "role" | "state"> {
  return { role, state };
}

function overtaken(name: string): TapedeckError {
  return new TapedeckError("CONFLICT", `The account ${name} was changed by somebody else meanwhile: look at it again.`);
}
