const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An id of eight letters and digits from as many random bytes. */
export function keptId(random: Uint8Array): string {
  return [...random.subarray(0, 8)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}

/** An id for something that is kept from now on. */
export function newId(): string {
  return keptId(crypto.getRandomValues(new Uint8Array(8)));
}
