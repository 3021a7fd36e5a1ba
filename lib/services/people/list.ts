import {
  type AccountView,
  BUILT_IN,
  type PeopleList,
  type PersonRow,
  type VersionedPerson,
} from "../../contracts/people.ts";
import type { Services } from "../services.ts";

export function accountView({ person, version }: VersionedPerson): AccountView {
  const { name, role, state, addedAt } = person;
  return { name, role, state, builtIn: false, addedAt, version };
}

/**
 * Everybody who has an account: the built-in one first, removed ones last, each part by name. What cannot be read of it is left out and said: an account, or
 * when people last signed in.
 */
export async function listPeople({
  people,
  audit,
  log,
}: Pick<Services, "people" | "audit"> & { log: Pick<Services["log"], "error"> }): Promise<PeopleList> {
  const [stored, signIns] = await Promise.all([
    people.list(),
    audit.lastSignIns().catch((error: unknown) => {
      log.error({ err: error }, "when people last signed in cannot be read");
      return null;
    }),
  ]);
  const lastOf = (name: string): number | null => signIns?.get(name) ?? null;
  const builtIn: PersonRow = {
    name: BUILT_IN,
    role: "admin",
    state: "enabled",
    builtIn: true,
    addedAt: null,
    lastSignIn: lastOf(BUILT_IN),
    version: "",
  };
  const rows = stored.people.map((versioned): PersonRow => {
    return { ...accountView(versioned), lastSignIn: lastOf(versioned.person.name) };
  });
  return {
    rows: [
      builtIn,
      ...rows.filter(({ state }) => state !== "removed"),
      ...rows.filter(({ state }) => state === "removed"),
    ],
    unread: stored.unread,
    signIns: signIns !== null,
  };
}
