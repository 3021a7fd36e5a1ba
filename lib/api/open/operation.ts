import { z } from "zod";
import type { Services } from "../../services/services.ts";
import { inputSchema, queryInput, type JsonSchema } from "./query-input.ts";

export const GROUPS = ["Read", "Files", "Stream", "UDF datafeed"] as const;

/** What an operation is called with. */
export interface OpenCall {
  services: Services;
  url: URL;
  headers: Headers;
  /** By whom streams are counted. */
  caller: string;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
}

/** One address of the interfaces for programs, with what its documentation says. */
export interface Operation {
  path: string;
  group: (typeof GROUPS)[number];
  summary: string;
  /** Limits, and what else must be known. */
  description: string;
  input: JsonSchema;
  /** Null: an object that is not described. */
  output: z.ZodType | null;
  mediaType: string;
  /** Parameters of an example that can be run. */
  example: Readonly<Record<string, string>>;
  run(call: OpenCall): Promise<Response>;
}

interface Definition<S extends z.ZodType> extends Omit<Operation, "input" | "run"> {
  input: S;
  /** Passes over parameters that it does not know. */
  lenient?: boolean;
  /** How anything thrown is answered, where that is not the usual way. */
  failed?: ((error: unknown) => Response) | null;
  respond: (input: z.output<S>, call: OpenCall) => Promise<Response>;
}

export const NO_INPUT = z.object({});

/** An operation that checks its parameters before it answers. */
export function operation<S extends z.ZodType>(definition: Definition<S>): Operation {
  const { input: schema, lenient = false, failed = null, respond, ...described } = definition;
  const input = inputSchema(schema);
  const run = async (call: OpenCall): Promise<Response> =>
    respond(schema.parse(queryInput(input, withoutKey(call.url), lenient)), call);
  return { ...described, input, run: failed ? (call) => run(call).catch(failed) : run };
}

/** The parameters but for the caller's key, which is the door's and not the operation's. */
export function withoutKey({ searchParams }: URL): URLSearchParams {
  const parameters = new URLSearchParams(searchParams);
  parameters.delete("key");
  return parameters;
}
