import { z } from "zod";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import { intervalSchema, sessionSchema } from "../../contracts/ticks.ts";
import { adjustmentModeSchema } from "../../contracts/adjustments.ts";
import { isZoneName } from "../../domain/zone.ts";
import { timeSchema } from "./time-input.ts";

/** What an export takes from its address. */
export const barsExportInput = z.object({
  symbol: chartSymbolSchema,
  interval: intervalSchema,
  session: sessionSchema
    .optional()
    .meta({ description: "bars of one session alone; absent: of all, but of days the regular ones" }),
  from: timeSchema.optional().meta({ description: "the first bar starts here or later" }),
  to: timeSchema.optional().meta({ description: "the last bar starts before" }),
  adjust: adjustmentModeSchema.default("raw").meta({
    description: "for splits, or for splits and dividends; the answer's header `X-Tapedeck-Adjust` says which it is",
  }),
});

/** Of the CSV, whose times are text. */
export const barsCsvInput = barsExportInput.extend({
  tz: z
    .string()
    .refine(isZoneName, { message: "must be a time zone, as Europe/Paris" })
    .optional()
    .meta({ description: "zone of the column `time`, by its name in the IANA database; absent: UTC" }),
});

export type BarsExportInput = z.infer<typeof barsExportInput>;
