import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configurationTable, withConfigurationTable } from "#infra/configuration-table.ts";

test("README lists every variable as the code has it; npm run readme brings it up to date", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(withConfigurationTable(readme)).toBe(readme);
});

test("the table names variables, flags, defaults and allowed values, and no flag for a secret", () => {
  const table = configurationTable();
  expect(table).toContain(
    "| `TAPEDECK_PORT` | `--port` | `3000` | port of the web server (a whole number from 1 to 65535) |",
  );
  expect(table).toMatch(/\| `KAFKA_PASSWORD` \| {2}\| {2}\| SASL password/);
});

test("a text without the marks is left alone", () => {
  expect(withConfigurationTable("# Another")).toBeNull();
});
