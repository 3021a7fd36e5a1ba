import { expect, test } from "vitest";
import { javaMajor } from "#infra/engines/java-version.ts";

test.each([
  ["25.0.1", 25],
  ["21-ea", 21],
  ["1.8.0_402", 8],
  ['IMPLEMENTOR="Eclipse Adoptium"\nJAVA_RUNTIME_VERSION="25.0.1+8"\nJAVA_VERSION="25.0.1"\n', 25],
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
  ['java version "1.8.0_402"', 8],
  ["", null],
  ["no version here", null],
])("%j is Java %s", (text, major) => {
  expect(javaMajor(text)).toBe(major);
});
