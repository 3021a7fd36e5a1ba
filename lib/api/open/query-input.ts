import { z } from "zod";
import { TapedeckError } from "../../errors.ts";
import { isoMicros } from "../../services/bars/time-input.ts";

/** What of JSON Schema the inputs of our operations are made of. */
export interface JsonSchema {
  type?: string;
  format?: string;
  description?: string;
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/** A schema's input as JSON Schema 2020-12. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

/**
 * The parameters of an address as the schema's input: numbers, and times also in ISO 8601; lists separated by commas or repeated.
 * BAD_INPUT for a parameter that there is none of, unless `lenient`.
 */
export function queryInput(schema: JsonSchema, parameters: URLSearchParams, lenient = false): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const input: Record<string, unknown> = {};
  for (const name of new Set(parameters.keys())) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) input[name] = valueOf(property, parameters.getAll(name));
    else if (!lenient) throw unknownParameter(name, Object.keys(properties));
  }
  return input;
}

function valueOf(property: JsonSchema, given: readonly string[]): unknown {
  if (property.type === "array") {
    const { items = {} } = property;
    return given.flatMap((text) => text.split(",")).map((text) => scalar(items, text));
  }
  return given.length === 1 ? scalar(property, given[0] ?? "") : given;
}

/** What is none of its type stays text, for the schema to complain of. */
function scalar({ type, format }: JsonSchema, text: string): unknown {
  if (type === "boolean") return text === "true" || (text === "false" ? false : text);
  if (type !== "integer" && type !== "number") return text;
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const micros = format === "micros" ? isoMicros(text) : Number.NaN;
  return Number.isNaN(micros) ? text : micros;
}

function unknownParameter(name: string, known: readonly string[]): TapedeckError {
  const words = known.length === 0 ? "it takes none" : `it takes ${known.join(", ")}`;
  return new TapedeckError("BAD_INPUT", `There is no parameter ${JSON.stringify(name)} here: ${words}.`);
}
