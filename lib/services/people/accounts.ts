import { createHmac, timingSafeEqual } from "node:crypto";
import {
  BUILT_IN,
  PEOPLE_LIMITS,
  type PeopleStore,
  type Person,
  personNameSchema,
  type SignedIn,
} from "../../contracts/people.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { SharedReads } from "../shared-reads.ts";
import type { Passwords } from "./passwords.ts";

/** How old what is known of an account may be: so long another process's change may go unnoticed. */
const FRESH: Micros = SECOND;

/** What signing in needs of an account. */
export interface Account extends SignedIn {
  enabled: boolean;
  /** What sessions are bound to: with another one they have ended. */
  seal: string;
  isPassword(password: string): Promise<boolean>;
}

export interface AccountsOptions {
  people: Pick<PeopleStore, "get">;
  passwords: Passwords;
  /** Of the built-in account; undefined: nobody signs in with it. */
  password: string | undefined;
  secret: Buffer;
  now: () => Micros;
}

/**
 * The accounts of those who asked within the last second: a change made here counts at once, one made by another process within that second. As many
 * are held as there may be accounts; overflow: the one read longest ago is read again. Without the store only the built-in account is known.
 */
export class Accounts {
  readonly #options: AccountsOptions;
  #held: SharedReads<Person | null>;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#held = this.#none();
  }

  /** null: there is none of this name. */
  async get(name: string): Promise<Account | null> {
    if (name === BUILT_IN) return this.#builtIn();
    if (!personNameSchema.safeParse(name).success) return null;
    const person = await this.#held.get(name, async () => (await this.#options.people.get(name))?.person ?? null);
    return person && this.of(person);
  }

  /** The account of a document as it was read: its password, its seal. */
  of({ name, role, state, password, sessionsFrom }: Person): Account {
    return {
      name,
      role,
      builtIn: false,
      enabled: state === "enabled",
      seal: `${password}|${sessionsFrom}`,
      isPassword: (given) => this.#options.passwords.matches(given, password),
    };
  }

  /** Takes as long as a wrong password of an account does: how long it takes tells nobody which names there are. */
  async refuse(password: string): Promise<void> {
    const { passwords } = this.#options;
    await passwords.matches(password, passwords.decoy());
  }

  /** What is known of accounts is read again. */
  forget(): void {
    this.#held = this.#none();
  }

  #none(): SharedReads<Person | null> {
    return new SharedReads({ fresh: FRESH, capacity: PEOPLE_LIMITS.people, now: this.#options.now });
  }

  #builtIn(): Account | null {
    const { password, secret } = this.#options;
    if (password === undefined) return null;
    const digest = (text: string): Buffer => createHmac("sha256", secret).update(text).digest();
    return {
      name: BUILT_IN,
      role: "admin",
      builtIn: true,
      enabled: true,
      seal: password,
      isPassword: (given) => Promise.resolve(timingSafeEqual(digest(given), digest(password))),
    };
  }
}
