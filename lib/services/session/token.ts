import { createHmac, timingSafeEqual } from "node:crypto";
import type { Micros } from "../../domain/interval.ts";

/** A session token: when it expires, in base 36, and a signature of that by `key`. */
export function signToken(key: Buffer, expires: Micros): string {
  const body = expires.toString(36);
  return `${body}.${signature(key, body).toString("base64url")}`;
}

/** Whether `key` signed the token and it has not expired. Takes the same time whatever is wrong with the signature. */
export function verifyToken(key: Buffer, token: string, now: Micros): boolean {
  const [body = "", signed = "", ...rest] = token.split(".");
  const given = Buffer.from(signed, "base64url");
  const expected = signature(key, body);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return Number.parseInt(body, 36) > now;
}

function signature(key: Buffer, body: string): Buffer {
  return createHmac("sha256", key).update(`session|${body}`).digest();
}
