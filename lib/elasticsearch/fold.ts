/** Letters that do not come apart into a base and an accent. */
const WHOLE: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Lower case without accents: both what is stored for searching and what is searched go through it. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[ßøæœłđðþı]/g, (letter) => WHOLE[letter] ?? letter)
    .trim();
}

/** Only letters and digits of a folded text: `brk.b`, `BRK/B` and `brk b` are one. */
export function compact(text: string): string {
  return fold(text).replaceAll(/[^\p{L}\p{N}]/gu, "");
}
