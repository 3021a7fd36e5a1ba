import { type AccountView, BUILT_IN, type PersonRow, type VersionedPerson } from "../../contracts/people.ts";
import type { Services } from "../services.ts";

export function accountView({ person, version }: VersionedPerson): AccountView {
  const { name, role, state, addedAt } = person;
  return { name, role, state, builtIn: false, addedAt, version };
}

/** Everybody who has an account: the built-in one first, removed ones last, each part by name. */
export async function listPeople({ people, audit }: Pick<Services, "people" | "audit">): Promise<PersonRow[]> {
  const [stored, signIns] = await Promise.all([people.list(), audit.lastSignIns()]);
  const builtIn: PersonRow = {
    name: BUILT_IN,
    role: "admin",
    state: "enabled",
    builtIn: true,
    addedAt: null,
    lastSignIn: signIns.get(BUILT_IN) ?? null,
    version: "",
  };
  const rowOf = (versioned: VersionedPerson): PersonRow => {
    return { ...accountView(versioned), lastSignIn: signIns.get(versioned.person.name) ?? null };
  };
  const rows = stored.map(rowOf);
  return [
    builtIn,
    ...rows.filter(({ state }) => state !== "removed"),
    ...rows.filter(({ state }) => state === "removed"),
  ];
}
