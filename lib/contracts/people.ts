import { z } from "zod";
import { microsSchema } from "./ticks.ts";

/** Each may what the one before it may, and more. */
export const ROLES = ["viewer", "trader", "admin"] as const;
export type Role = (typeof ROLES)[number];
export const roleSchema = z.enum(ROLES);

/** `disabled`: kept, and cannot sign in. `removed`: likewise, and last in the list; its name stays its own. */
export const PERSON_STATES = ["enabled", "disabled", "removed"] as const;
export type PersonState = (typeof PERSON_STATES)[number];
export const personStateSchema = z.enum(PERSON_STATES);

/** Overflow of each: refused, saying so. */
export const PEOPLE_LIMITS = {
  /** Accounts of one installation, removed ones too: what they did stays under their names. */
  people: 1_000,
  /** Characters of a name. */
  name: 32,
  leastPassword: 12,
  mostPassword: 200,
} as const;

/** The account whose password is the configured one. It always exists, is an admin, and nobody changes it here. */
export const BUILT_IN = "admin";

/** Small letters, so that one name is not two people. */
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

export const personNameSchema = z
  .string()
  .max(PEOPLE_LIMITS.name)
  .regex(NAME, "small letters and digits, and between them . _ -");

/** As a person types a name. */
export const typedNameSchema = z.string().trim().toLowerCase().pipe(personNameSchema);

export const newPasswordSchema = z
  .string()
  .min(PEOPLE_LIMITS.leastPassword, `at least ${PEOPLE_LIMITS.leastPassword} characters`)
  .max(PEOPLE_LIMITS.mostPassword);

/** A document of the index `people`, `_id` = name. Changed only through the API, with optimistic concurrency. */
export const personSchema = z.strictObject({
  name: personNameSchema,
  role: roleSchema,
  /** In PHC's form: how it was hashed, the salt and the hash. */
  password: z.string().min(1).max(400),
  state: personStateSchema,
  addedAt: microsSchema,
  updatedAt: microsSchema,
  /** Sessions begun before this have ended. */
  sessionsFrom: microsSchema,
});
export type Person = z.infer<typeof personSchema>;

/** A stored account with the token that a change must present. */
export interface VersionedPerson {
  person: Person;
  version: string;
}

/** Who is signed in. */
export interface SignedIn {
  name: string;
  role: Role;
  /** Its password is the configured one. */
  builtIn: boolean;
}

/** An account as admins see it: nothing of its password. */
export interface AccountView {
  name: string;
  role: Role;
  state: PersonState;
  builtIn: boolean;
  /** null: it was always there. */
  addedAt: number | null;
  /** Empty of the account that cannot be changed. */
  version: string;
}

/** An account in the list of all. */
export interface PersonRow extends AccountView {
  /** As far as the audit log reaches back; null: not within that. */
  lastSignIn: number | null;
}

/** All accounts, as admins see them. */
export interface PeopleList {
  rows: PersonRow[];
  /** Accounts that cannot be read: nobody signs in with them. */
  unread: number;
  /** Whether the last sign-ins could be read; without them each row’s is null. */
  signIns: boolean;
}

/** Stored accounts, and how many of them cannot be read. */
export interface StoredPeople {
  people: VersionedPerson[];
  unread: number;
}

export interface PeopleStore {
  /** All of them, removed ones too, by name. */
  list(): Promise<StoredPeople>;
  /** In real time. */
  get(name: string): Promise<VersionedPerson | null>;
  /** CONFLICT when it exists. */
  create(person: Person): Promise<VersionedPerson>;
  /** CONFLICT when `version` is not the newest. */
  replace(person: Person, version: string): Promise<VersionedPerson>;
}
