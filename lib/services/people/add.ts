import { z } from "zod";
import {
  type AccountView,
  BUILT_IN,
  newPasswordSchema,
  PEOPLE_LIMITS,
  type Person,
  roleSchema,
  typedNameSchema,
} from "../../contracts/people.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import type { OnRecord } from "../audit/record.ts";
import type { Services } from "../services.ts";
import { accountView } from "./list.ts";

export const addPersonInput = z.strictObject({ name: typedNameSchema, role: roleSchema, password: newPasswordSchema });

type Needs = Pick<Services, "accounts" | "now" | "passwords" | "people"> & OnRecord;

/** Gives somebody an account. CONFLICT when the name is taken, by a removed account too; BAD_INPUT when there are too many. */
export async function addPerson(
  { accounts, now, passwords, people, record }: Needs,
  { name, role, password }: z.infer<typeof addPersonInput>,
): Promise<AccountView> {
  if (name === BUILT_IN) throw taken(name, "it is the account of the configured password");
  const all = await people.list();
  const there = all.people.find(({ person }) => person.name === name);
  if (there) throw takenBy(there.person);
  if (all.people.length + all.unread >= PEOPLE_LIMITS.people) {
    throw new TapedeckError(
      "BAD_INPUT",
      `There are ${PEOPLE_LIMITS.people} accounts already, as many as there may be.`,
    );
  }
  const time = now();
  const hash = await passwords.hash(password);
  const times = { addedAt: time, updatedAt: time, sessionsFrom: time };
  const person: Person = { name, role, password: hash, state: "enabled", ...times };
  const change = { action: "person-added", symbol: null, about: name, before: null, after: { role } } as const;
  try {
    return accountView(await record(change, () => people.create(person)));
  } catch (error) {
    if (errorCode(error) !== "CONFLICT") throw error;
    const newest = await people.get(name).catch(() => null);
    throw newest ? takenBy(newest.person) : taken(name, "that account cannot be read");
  } finally {
    accounts.forget();
  }
}

function takenBy({ name, state }: Person): TapedeckError {
  return taken(name, state === "removed" ? "that account was removed, and can be brought back" : "choose another");
}

function taken(name: string, why: string): TapedeckError {
  return new TapedeckError("CONFLICT", `The name ${name} is taken: ${why}.`);
}
