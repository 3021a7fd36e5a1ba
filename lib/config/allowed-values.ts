import { z } from "zod";

interface Described {
  type?: string;
  enum?: string[];
  const?: string | number;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  anyOf?: Described[];
}

/** In words, what a variable of this schema may be set to: `a whole number from 1 to 65535`. */
export function allowedValues(schema: z.ZodType): string {
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Described;
  // A pattern says what it wants in the message of its own that it fails with.
  if (described.pattern !== undefined && described.format === undefined) return firstComplaint(schema);
  return inWords(described);
}

function inWords(described: Described): string {
  if (described.anyOf) return described.anyOf.map(inWords).join(" or ");
  if (described.enum) return `one of ${described.enum.join(", ")}`;
  if (described.const !== undefined) return String(described.const);
  if (described.type === "integer") return `a whole number from ${described.minimum} to ${described.maximum}`;
  if (described.type === "number") return `a number from ${described.minimum} to ${described.maximum}`;
  if (described.format === "uri") return "a URL";
  return (described.minLength ?? 0) > 1 ? `a text of at least ${described.minLength} characters` : "a text";
}

function firstComplaint(schema: z.ZodType): string {
  return schema.safeParse("\0").error?.issues[0]?.message ?? "a text";
}
