import { z } from "zod";
import { type CorporateAction, MOST_ACTIONS } from "../domain/adjustment/action.ts";
import { ADJUSTMENTS, type AdjustmentMode, type AdjustmentStep } from "../domain/adjustment/steps.ts";
import { microsSchema } from "./ticks.ts";

/** More shares for one than any split has given. */
const MOST_SHARES = 1_000_000;
const MOST_DIVIDEND = 1_000_000_000;

const shares = z.number().positive().max(MOST_SHARES);
const day = z.iso.date().meta({ description: "the ex-day, as 2020-08-31" });

export const corporateActionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("split"), day, newShares: shares, oldShares: shares }),
  z.strictObject({ kind: z.literal("dividend"), day, amount: z.number().positive().max(MOST_DIVIDEND) }),
]) satisfies z.ZodType<CorporateAction>;

export const corporateActionsSchema = z.array(corporateActionSchema).max(MOST_ACTIONS);

export const adjustmentModeSchema = z.enum(ADJUSTMENTS);

/** What was done to bars, and by what. */
export interface Adjustment {
  mode: AdjustmentMode;
  /** Of the actions whose ex-day has begun, oldest first; in every mode, so that they can be marked. */
  steps: AdjustmentStep[];
  /** When the next of those to come takes effect; null where there is none. */
  next: number | null;
}

export const adjustmentSchema = z.object({
  mode: adjustmentModeSchema,
  steps: z.array(
    z.object({
      action: corporateActionSchema,
      before: microsSchema,
      price: z.number().nullable(),
      volume: z.number(),
    }),
  ),
  next: microsSchema.nullable(),
}) satisfies z.ZodType<Adjustment>;
