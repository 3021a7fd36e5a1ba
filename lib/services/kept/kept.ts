import { z } from "zod";
import type { Owned, Versioned } from "../../contracts/kept.ts";
import type { KeptStore } from "../../contracts/stores.ts";
import type { Services } from "../services.ts";

export const saveKeptInput = <T>(kept: z.ZodType<T[]>) =>
  z.object({
    kept,
    /** As last read; null: there was none. */
    version: z.string().max(64).nullable(),
  });

/** Replaces what a person, `owner`, keeps of one kind, and of one subject where that has several. CONFLICT when it has changed since `version`. Gives it with its new version. */
export async function saveKept<T>(
  { now }: Pick<Services, "now">,
  store: KeptStore<T>,
  whose: Pick<Owned<T>, "owner" | "of">,
  { kept, version }: Versioned<T>,
): Promise<Versioned<T>> {
  return { kept, version: await store.put({ ...whose, updated: now(), kept }, version) };
}
