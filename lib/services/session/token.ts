import { createHmac, timingSafeEqual } from "node:crypto";
import { personNameSchema } from "../../contracts/people.ts";
import type { Micros } from "../../domain/interval.ts";

/** What a session token says; nothing of it is believed before its signature is. */
export interface Token {
  name: string;
  expires: Micros;
  /** Whether `key` signed it. Takes the same time whatever is wrong with the signature. */
  isSignedBy(key: Buffer): boolean;
}

/** A session token: whose it is, when it expires, in base 36, and a signature of both by `key`. */
export function signToken(key: Buffer, { name, expires }: Pick<Token, "name" | "expires">): string {
  const body = `${name}.${expires.toString(36)}`;
  return `${body}.${signature(key, body).toString("base64url")}`;
}

/** Reads a token; null where it is none. */
export function readToken(token: string): Token | null {
  const [, name, expires, signed] = /^([^/]{1,40})\.([0-9a-z]{1,12})\.([\w-]{43})$/.exec(token) ?? [];
  if (name === undefined || expires === undefined || signed === undefined) return null;
  if (!personNameSchema.safeParse(name).success) return null;
  const body = `${name}.${expires}`;
  return {
    name,
    expires: Number.parseInt(expires, 36),
    isSignedBy: (key) => timingSafeEqual(Buffer.from(signed, "base64url"), signature(key, body)),
  };
}

function signature(key: Buffer, body: string): Buffer {
  return createHmac("sha256", key).update(`session|${body}`).digest();
}
