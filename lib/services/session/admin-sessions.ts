import { createHmac, timingSafeEqual } from "node:crypto";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { Attempts } from "./attempts.ts";
import { SESSION_SECONDS } from "./cookie.ts";
import { signToken, verifyToken } from "./token.ts";

export interface AdminSessionsOptions {
  /** undefined: nobody can sign in. */
  password: string | undefined;
  /** Random, the same in every process of this installation. */
  secret: Buffer;
  now(): Micros;
}

/** Who is an admin: one password, signed cookies, bounded attempts. */
export class AdminSessions {
  readonly #options: AdminSessionsOptions;
  readonly #attempts = new Attempts();
  /** Of the secret and the password: another password ends every session. */
  readonly #key: Buffer;

  constructor(options: AdminSessionsOptions) {
    this.#options = options;
    this.#key = digest(options.secret, `key|${options.password ?? ""}`);
  }

  /** Checks a password and gives a signed token. UNAUTHORIZED, RATE_LIMITED, or FORBIDDEN where no password is configured. */
  login(password: string, address: string): string {
    const { password: expected, secret } = this.#options;
    if (expected === undefined) {
      throw new TapedeckError("FORBIDDEN", "No admin password is configured: set TAPEDECK_ADMIN_PASSWORD and restart.");
    }
    const time = this.#options.now();
    this.#attempts.assertAllowed(address, time);
    if (!timingSafeEqual(digest(secret, password), digest(secret, expected))) {
      this.#attempts.failed(address, time);
      throw new TapedeckError("UNAUTHORIZED", "That is not the admin password.");
    }
    this.#attempts.succeeded(address);
    return signToken(this.#key, time + SESSION_SECONDS * SECOND);
  }

  /** Whether the token was signed here and has not expired. */
  valid(token: string | null): boolean {
    const configured = this.#options.password !== undefined;
    return token !== null && configured && verifyToken(this.#key, token, this.#options.now());
  }
}

function digest(secret: Buffer, text: string): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}
