import { expect, test } from "vitest";
import type { PersonState } from "#lib/contracts/people.ts";
import { peopleWords, unreadPeopleWords } from "../../../app/_lib/people.ts";
import { GENERATED_BYTES, generatedPassword, judgePassword } from "../../../app/_lib/passwords.ts";

const people = (...states: PersonState[]) => peopleWords(states.map((state) => ({ state })));

test("removed accounts are not counted, disabled ones are said", () => {
  expect(people("enabled")).toBe("1 person");
  expect(people("enabled", "enabled", "removed")).toBe("2 people");
  expect(people("enabled", "disabled")).toBe("2 people, 1 disabled");
});

test("accounts that cannot be read are said, and when nobody knows who signed in", () => {
  expect(unreadPeopleWords({ unread: 0, signIns: true })).toBeNull();
  expect(unreadPeopleWords({ unread: 1, signIns: true })).toBe("1 account cannot be read");
  expect(unreadPeopleWords({ unread: 2, signIns: false })).toBe(
    "2 accounts cannot be read, last sign-ins cannot be read",
  );
});

const words = (password: string, name = "ann.lee") => judgePassword(password, name);

test("a password is judged in words; only a short one is refused", () => {
  expect(words("")).toEqual({ enough: false, words: "" });
  expect(words("elevenchars")).toEqual({ enough: false, words: "Too short: 11 of at least 12 characters" });
  expect(words("aaaaaaaaaaaaaaaaaaaaaaaaa").words).toBe("Weak: few different characters");
  expect(words("xx-Ann.Lee-17")).toEqual({ enough: true, words: "Weak: “ann.lee” is guessed first" });
  expect(words("mypassword2026").words).toBe("Weak: “password” is guessed first");
  expect(words("kd93 mfla 2x").words).toBe("Fair: each more character helps");
  expect(words("kd93 mfla 2x oqp").words).toBe("Good");
  expect(words("four words of a password list").words).toBe("Strong");
});

test("a generated password has a hundred bits, no letters that are taken for others, and is strong", () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const letters = new Set(
    Array.from({ length: 13 }, (_, from) => generatedPassword(every.subarray(from * 20))).join(""),
  );
  expect([...letters].toSorted((a, b) => a.localeCompare(b)).join("")).toBe("-123456789abcdefghjkmnpqrstuvwxyz");
  const one = generatedPassword(every.subarray(0, GENERATED_BYTES));
  expect(one).toBe("abcde-fghjk-mnpqr-stuvw");
  expect(judgePassword(generatedPassword(Uint8Array.from({ length: 20 }, (_, at) => at * 7)), "ann").words).toBe(
    "Strong",
  );
});
