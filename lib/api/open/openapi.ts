import { z } from "zod";
import { DAY, type Micros } from "../../domain/interval.ts";
import { ERROR_CODES } from "../../errors.ts";
import { GROUPS, type Operation } from "./operation.ts";
import type { JsonSchema } from "./query-input.ts";

export interface OpenApiParameter {
  name: string;
  in: "query";
  required: boolean;
  description?: string;
  schema: object;
  explode?: false;
}

interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: OpenApiParameter[];
  responses: Record<string, object>;
  "x-example": string;
}

export interface OpenApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  tags: { name: string }[];
  paths: Record<string, { get: OpenApiOperation }>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
  security: Record<string, string[]>[];
}

export interface OpenApiOptions {
  version: string;
  /** Requests a minute. */
  limit: number;
  /** For examples of today. */
  now: Micros;
}

const ERROR = {
  type: "object",
  required: ["code", "message"],
  properties: { code: { type: "string", enum: [...ERROR_CODES] }, message: { type: "string" } },
} as const;

/** The operations as an OpenAPI 3.1 document. */
export function openApiDocument(operations: readonly Operation[], options: OpenApiOptions): OpenApiDocument {
  return {
    openapi: "3.1.0",
    info: {
      title: "Tapedeck",
      version: options.version,
      description:
        "Reads the market that Tapedeck collects. Times are integer microseconds since the epoch; parameters also take ISO 8601. " +
        `Errors are JSON with \`code\` and \`message\`. ${options.limit} requests a minute of each key or address: every answer has ` +
        "RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset, and one beyond is answered 429 with Retry-After.",
    },
    tags: GROUPS.map((name) => ({ name })),
    paths: Object.fromEntries(
      operations.map((operation) => [operation.path, { get: describe(operation, options.now) }]),
    ),
    components: {
      schemas: { Error: ERROR },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        key: { type: "apiKey", in: "query", name: "key" },
      },
    },
    security: [{}, { bearer: [] }, { key: [] }],
  };
}

/** The path and query of an operation's example; `today` and `yesterday` become dates. */
export function exampleOf({ path, example }: Pick<Operation, "path" | "example">, now: Micros): string {
  const query = Object.entries(example).map(([name, value]) => `${name}=${encodeExample(dated(value, now))}`);
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

function dated(value: string, now: Micros): string {
  if (value !== "today" && value !== "yesterday") return value;
  return new Date((value === "today" ? now : now - DAY) / 1_000).toISOString().slice(0, 10);
}

/** As a person would write it: what need not be encoded is not. */
function encodeExample(value: string): string {
  return encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2C", ",");
}

function describe(operation: Operation, now: Micros): OpenApiOperation {
  const { path, group, summary, description, input, output, mediaType } = operation;
  return {
    operationId: path
      .replace(/^\/api\/(v1\/)?/, "")
      .replaceAll(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase()),
    tags: [group],
    summary,
    description,
    parameters: Object.entries(input.properties ?? {}).map(([name, schema]) => {
      return parameter(name, schema, input.required?.includes(name) ?? false);
    }),
    responses: {
      200: { description: summary, content: { [mediaType]: { schema: answerSchema(mediaType, output) } } },
      default: {
        description: "An error; its status says of what kind",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
    "x-example": exampleOf(operation, now),
  };
}

function parameter(name: string, { description, ...schema }: JsonSchema, required: boolean): OpenApiParameter {
  const isTime = schema.format === "micros";
  return {
    name,
    in: "query",
    required,
    ...(description === undefined ? {} : { description: isTime ? `${description}, or ISO 8601` : description }),
    schema: isTime ? { anyOf: [{ type: "integer", minimum: 0 }, { type: "string" }] } : schema,
    ...(schema.type === "array" ? { explode: false } : {}),
  };
}

function answerSchema(mediaType: string, output: z.ZodType | null): object {
  if (output) {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(output, { io: "output", unrepresentable: "any" });
    return schema;
  }
  return mediaType === "application/json" ? { type: ["object", "array"] } : { type: "string" };
}
