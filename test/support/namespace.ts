import { randomBytes } from "node:crypto";

/** A namespace of its own for each caller: test files share the engines and never a topic or an index. */
export function uniqueNamespace(): string {
  return `t${Date.now().toString(36)}${randomBytes(3).toString("hex")}`; // 15 characters, until the year 2059
}
