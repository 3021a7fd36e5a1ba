import { z } from "zod";
import type { Owned, Versioned } from "../../contracts/kept.ts";
import { personNameSchema, type SignedIn } from "../../contracts/people.ts";
import type { KeptStore } from "../../contracts/stores.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

/** Whose the page believes it to be: its session may have become another's. */
export const ownKeptInput = z.object({ owner: personNameSchema });

export const saveKeptInput = <T>(kept: z.ZodType<T[]>) =>
  ownKeptInput.extend({
    kept,
    /** As last read; null: there was none. */
    version: z.string().max(64).nullable(),
  });

/** UNAUTHORIZED when the page is not of who is signed in: nobody is shown, or given, what is another’s. */
export function assertOwner({ name }: SignedIn, { owner }: z.infer<typeof ownKeptInput>): void {
  if (name === owner) return;
  throw new TapedeckError("UNAUTHORIZED", `This page is of ${owner}, and ${name} is signed in now.`);
}

/** Replaces what a person, `owner`, keeps of one kind, and of one subject where that has several. CONFLICT when it has changed since `version`. Gives it with its new version. */
export async function saveKept<T>(
  { now }: Pick<Services, "now">,
  store: KeptStore<T>,
  whose: Pick<Owned<T>, "owner" | "of">,
  { kept, version }: Versioned<T>,
): Promise<Versioned<T>> {
  return { kept, version: await store.put({ ...whose, updated: now(), kept }, version) };
}
