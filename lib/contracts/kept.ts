import { z } from "zod";
import { microsSchema } from "./ticks.ts";

/** What a person keeps of one kind, with the token that a change must present; null before there is any. */
export interface Versioned<T> {
  kept: readonly T[];
  version: string | null;
}

/** A document of what a person keeps, `_id` = owner, the name of an account: one never sees another’s. Changed only through the API, with optimistic concurrency. */
export interface Owned<T> {
  owner: string;
  /** Of a kind that is kept by subject, drawings by symbol: what it is of; `_id` = owner|of then. */
  of?: string;
  /** Microseconds. */
  updated: number;
  kept: readonly T[];
}

export const ownedSchema = <T>(kept: z.ZodType<T[]>) =>
  z.strictObject({ owner: z.string(), of: z.string().exactOptional(), updated: microsSchema, kept });

/** Characters of a name, at most. */
export const NAME_LENGTH = 60;

/** Ids that the browser gives what is kept. */
export const keptIdSchema = z.string().regex(/^[a-z0-9]{8,24}$/);

/** Whether the values are all different. */
export const each = (values: readonly string[]): boolean => new Set(values).size === values.length;
