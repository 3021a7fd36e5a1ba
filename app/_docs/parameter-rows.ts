import type { JsonSchema } from "#lib/api/open/query-input.ts";

export interface ParameterRow {
  name: string;
  required: boolean;
  /** In words: `a whole number, 1 to 2,000`. */
  type: string;
  meaning: string;
}

/** The parameters of an operation for its table. */
export function parameterRows({ properties = {}, required = [] }: JsonSchema): ParameterRow[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    type: typeInWords(schema),
    meaning: [schema.description ?? "", schema.default === undefined ? "" : `usually ${wordsOf(schema.default)}`]
      .filter((words) => words !== "")
      .join("; "),
  }));
}

const wordsOf = (value: unknown): string => (Array.isArray(value) ? value.join(",") : String(value)) || "empty";

function typeInWords({ type, format, items, enum: choices, minimum, maximum, minItems, maxItems }: JsonSchema): string {
  if (type === "array") {
    const count = maxItems === undefined ? "" : `, ${minItems ?? 0} to ${maxItems}`;
    return `list by commas of ${items ? typeInWords(items) : "texts"}${count}`;
  }
  if (choices) return choices.join(", ");
  if (format === "micros") return "time";
  if (type !== "integer" && type !== "number") return type === "boolean" ? "true, false" : "text";
  const words = type === "integer" ? "whole number" : "number";
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return isBounded && minimum !== undefined ? `${words}, ${grouped(minimum)} to ${grouped(maximum)}` : words;
}

const grouped = (value: number): string => value.toLocaleString("en-US");
