import { z } from "zod";
import { each, keptIdSchema, NAME_LENGTH } from "./kept.ts";

/** What a person may keep. Overflow: refused, saying so. */
export const DESK_LIMITS = { desks: 50, name: NAME_LENGTH, query: 8_000 } as const;

/** A desk by its name: the query of its address, which the page reads as it reads any. */
export const savedDeskSchema = z.strictObject({
  id: keptIdSchema,
  name: z.string().trim().min(1).max(DESK_LIMITS.name),
  query: z.string().startsWith("?").max(DESK_LIMITS.query),
});
export type SavedDesk = z.infer<typeof savedDeskSchema>;

export const savedDesksSchema = z
  .array(savedDeskSchema)
  .max(DESK_LIMITS.desks)
  .refine((desks) => each(desks.map(({ id }) => id)), "the id of a desk is its own");
