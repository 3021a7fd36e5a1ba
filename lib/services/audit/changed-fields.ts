import { AUDIT_LIMITS, type AuditChange } from "../../contracts/audit.ts";

/** The fields of a thing, those of its parts as `part.field`; null: there is no such thing. */
export type Fields = Readonly<Record<string, unknown>> | null;

/** What differs between two states of a thing, in the order of its fields, each value in words. What is empty is not there. */
export function changedFields(before: Fields, after: Fields): AuditChange[] {
  const [old, now] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

function flatten(fields: Fields, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [part, words] of flatten(value as NonNullable<Fields>, `${prefix}${name}.`)) flat.set(part, words);
    } else {
      const words = wordsOf(value);
      if (words !== "") flat.set(prefix + name, words);
    }
  }
  return flat;
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  const words = Array.isArray(value) ? value.map(wordsOf).join(", ") : plainWords(value);
  return words.length > AUDIT_LIMITS.value ? `${words.slice(0, AUDIT_LIMITS.value - 1)}…` : words;
}

function plainWords(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
