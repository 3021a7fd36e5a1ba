import { expect, test } from "vitest";
import { z } from "zod";
import { inputSchema } from "#lib/api/open/query-input.ts";
import { microsSchema } from "#lib/contracts/ticks.ts";
import { parameterRows } from "../../../app/_docs/parameter-rows.ts";

test("parameters are told in words, with their bounds and what they usually are", () => {
  const schema = z.object({
    symbols: z.array(z.string()).min(1).max(32),
    interval: z.enum(["1m", "1h"]).default("1m").meta({ description: "of the bars" }),
    limit: z.int().min(1).max(2_000).default(500),
    from: microsSchema.optional(),
    count: z.int().optional(),
    exact: z.boolean().optional(),
  });
  expect(parameterRows(inputSchema(schema))).toEqual([
    { name: "symbols", required: true, type: "list by commas of text, 1 to 32", meaning: "" },
    { name: "interval", required: false, type: "1m, 1h", meaning: "of the bars; usually 1m" },
    { name: "limit", required: false, type: "whole number, 1 to 2,000", meaning: "usually 500" },
    { name: "from", required: false, type: "time", meaning: "microseconds since the epoch" },
    { name: "count", required: false, type: "whole number", meaning: "" },
    { name: "exact", required: false, type: "true, false", meaning: "" },
  ]);
});
