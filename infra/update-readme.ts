import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withConfigurationTable } from "./configuration-table.ts";

/** `npm run readme`: writes the configuration table of README.md anew. */
const file = join(import.meta.dirname, "..", "README.md");
const renewed = withConfigurationTable(readFileSync(file, "utf8"));
if (renewed === null) {
  console.error("README.md has lost the two marks between which the configuration table stands");
  process.exit(1);
}
writeFileSync(file, renewed);
