import { callTRPCProcedure } from "@trpc/server";
import { z } from "zod";
import { appRouter } from "../router.ts";
import type { ApiContext } from "../trpc.ts";
import { NO_INPUT, withoutKey, type Operation } from "./operation.ts";
import { DESCRIBED, type Described } from "./procedures.ts";
import { inputSchema, queryInput } from "./query-input.ts";

/** What of a procedure the router tells. */
interface Defined {
  _def: { type: string; inputs: readonly unknown[] };
}

/** The router's queries by name, each with its input. */
export function queries(): Map<string, z.ZodType> {
  const { _def: router } = appRouter;
  const procedures = Object.entries(router.procedures as unknown as Record<string, Defined>);
  return new Map(
    procedures.flatMap(([name, { _def: procedure }]) => {
      const [input] = procedure.inputs;
      return procedure.type === "query" ? [[name, input instanceof z.ZodType ? input : NO_INPUT] as const] : [];
    }),
  );
}

/** The queries that programs may ask, each under its name. */
export const PROCEDURE_OPERATIONS: readonly Operation[] = [...queries()].flatMap(([name, schema]) => {
  const described = DESCRIBED[name];
  return described ? [procedureOperation(name, schema, described)] : [];
});

function procedureOperation(name: string, schema: z.ZodType, described: Described): Operation {
  const input = inputSchema(schema);
  return {
    ...described,
    path: `/api/v1/${name}`,
    group: "Read",
    input,
    mediaType: "application/json",
    run: async ({ services, url, headers, signal }) => {
      const parameters = queryInput(input, withoutKey(url));
      const ctx: ApiContext = { services, request: headers, answer: new Headers(), url };
      const call = { path: name, type: "query", ctx, signal, batchIndex: 0 } as const;
      const getRawInput = (): Promise<unknown> => Promise.resolve(parameters);
      return Response.json(await callTRPCProcedure({ ...call, router: appRouter, getRawInput }));
    },
  };
}
