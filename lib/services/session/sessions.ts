import { createHmac } from "node:crypto";
import { BUILT_IN, type SignedIn } from "../../contracts/people.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import type { Account, Accounts } from "../people/accounts.ts";
import { Attempts, type Judgement } from "./attempts.ts";
import { SESSION_SECONDS } from "./cookie.ts";
import { readToken, signToken } from "./token.ts";

export interface SessionsOptions {
  accounts: Pick<Accounts, "get" | "refuse">;
  /** Random, the same in every process of this installation. */
  secret: Buffer;
  now(): Micros;
}

/** What somebody signs in with. */
export interface Credentials {
  name: string;
  password: string;
}

/**
 * Who is signed in: a signed cookie that says a name and nothing else. Its key is made of the installation's secret and the account's password, so
 * another password ends the sessions; role and state are read from the account at each request.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #attempts = new Attempts();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** UNAUTHORIZED, RATE_LIMITED, or FORBIDDEN for the built-in account where no password is configured. */
  async login(credentials: Credentials, address: string): Promise<SignedIn & { token: string }> {
    const account = await this.#find(credentials, address);
    if (!account) throw new TapedeckError("UNAUTHORIZED", "There is no account with this name and this password.");
    if (!account.enabled) {
      throw new TapedeckError("UNAUTHORIZED", `The account ${account.name} is disabled: ask an admin.`);
    }
    return { ...signedIn(account), token: this.begin(account) };
  }

  /** Whether this is the account's password: an attempt as any. RATE_LIMITED. */
  isPassword(account: Account, password: string, address: string): Promise<boolean> {
    return this.#attempt({ name: account.name, address }, () => account.isPassword(password));
  }

  /** The token of a new session. */
  begin(account: Account): string {
    const expires = this.#options.now() + SESSION_SECONDS * SECOND;
    return signToken(this.#keyOf(account), { name: account.name, expires });
  }

  /** Who presents a token; null: nobody. UNAVAILABLE while the account cannot be read. */
  async personOf(token: string | null): Promise<SignedIn | null> {
    const read = token === null ? null : readToken(token);
    if (!read || read.expires <= this.#options.now()) return null;
    const account = await this.#options.accounts.get(read.name);
    return account?.enabled && read.isSignedBy(this.#keyOf(account)) ? signedIn(account) : null;
  }

  async #find({ name, password }: Credentials, address: string): Promise<Account | null> {
    const { accounts } = this.#options;
    let account: Account | null = null;
    const fits = await this.#attempt({ name, address }, async () => {
      account = await accounts.get(name);
      if (!account && name === BUILT_IN) {
        throw new TapedeckError(
          "FORBIDDEN",
          "No admin password is configured: set TAPEDECK_ADMIN_PASSWORD and restart.",
        );
      }
      if (!account) await accounts.refuse(password);
      return (await account?.isPassword(password)) ?? false;
    });
    return fits ? account : null;
  }

  /** Whether what is tried fits. */
  async #attempt(by: { name: string; address: string }, check: () => Promise<boolean>): Promise<boolean> {
    const judge = this.#attempts.begin(by, this.#options.now());
    let judgement: Judgement = "unjudged";
    try {
      const fits = await check();
      judgement = fits ? "right" : "wrong";
      return fits;
    } finally {
      judge(judgement);
    }
  }

  #keyOf({ name, seal }: Account): Buffer {
    return createHmac("sha256", this.#options.secret).update(`key|${name}|${seal}`).digest();
  }
}

function signedIn({ name, role, builtIn }: Account): SignedIn {
  return { name, role, builtIn };
}
