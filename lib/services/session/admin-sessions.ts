/** Who is an admin: one password, signed cookies, bounded attempts. */
export interface AdminSessions {
  /** Checks a password and gives a signed token. UNAUTHORIZED, RATE_LIMITED, or FORBIDDEN where no password is configured. */
  login(password: string, address: string): string;
  /** Whether the token was signed here and has not expired. */
  valid(token: string | null): boolean;
}
