import { createHash, timingSafeEqual } from "node:crypto";

/** A key that programs may present: its name, and the SHA-256 of it. */
export interface ApiKey {
  name: string;
  digest: Buffer;
}

/** Reads `‹name›:‹sha256 in hex›,…`, as the configuration has it. */
export function parseApiKeys(text: string | undefined): ApiKey[] {
  return (text ?? "")
    .split(",")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const colon = pair.indexOf(":");
      return { name: pair.slice(0, colon), digest: Buffer.from(pair.slice(colon + 1), "hex") };
    });
}

/** The name of the key that was presented, null where there is none such. It takes as long for each: digests are compared, and all of them. */
export function nameOfKey(keys: readonly ApiKey[], presented: string): string | null {
  const digest = createHash("sha256").update(presented).digest();
  let name: string | null = null;
  for (const key of keys) if (timingSafeEqual(key.digest, digest)) name ??= key.name;
  return name;
}
