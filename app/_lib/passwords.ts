import { PEOPLE_LIMITS } from "#lib/contracts/people.ts";

/** Without the letters and digits that are taken for one another; 32 of them, so that a random byte chooses each as often. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz123456789";
const GROUP = 5;

/** Random bytes that `generatedPassword` takes: five bits of each, 100 in all. */
export const GENERATED_BYTES = 20;

/** Four groups of five letters and digits, `k7m2q-…`, as easy to read out as to copy. */
export function generatedPassword(random: Uint8Array): string {
  const letters = [...random.subarray(0, GENERATED_BYTES)].map((byte) => LETTERS[byte % LETTERS.length]);
  const groups = Math.ceil(letters.length / GROUP);
  return Array.from({ length: groups }, (_, group) => letters.slice(group * GROUP, (group + 1) * GROUP).join("")).join(
    "-",
  );
}

/** Beginnings and sequences with which guessing begins. */
const COMMON = [
  "password",
  "passwort",
  "qwert",
  "12345",
  "abcd",
  "letmein",
  "iloveyou",
  "admin",
  "tapedeck",
  "trader",
  "welcome",
];
/** From here on length alone makes up for what the words are. */
const LONG = 20;
const FEW_DIFFERENT = 6;

export interface PasswordJudgement {
  /** Whether it is taken. */
  enough: boolean;
  /** What there is to say of it; empty while nothing is typed. */
  words: string;
}

/** How hard a password of somebody is to guess, in words. Too short ones are refused; the rest is advice. */
export function judgePassword(password: string, name: string): PasswordJudgement {
  const { leastPassword: least } = PEOPLE_LIMITS;
  const { length } = password;
  if (length === 0) return { enough: false, words: "" };
  if (length < least) return { enough: false, words: `Too short: ${length} of at least ${least} characters` };
  const small = password.toLowerCase();
  const guessed = [name.toLowerCase(), ...COMMON].find((word) => word.length > 2 && small.includes(word));
  if (new Set(small).size < FEW_DIFFERENT) return { enough: true, words: "Weak: few different characters" };
  if (guessed !== undefined && length < LONG) return { enough: true, words: `Weak: “${guessed}” is guessed first` };
  if (length >= LONG) return { enough: true, words: "Strong" };
  return { enough: true, words: length > least + 3 ? "Good" : "Fair: each more character helps" };
}
