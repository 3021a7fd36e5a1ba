import { z } from "zod";
import { type VersionedLists, watchListsSchema } from "../../contracts/lists.ts";
import type { Services } from "../services.ts";

/** Who owns lists: the one person that can sign in. */
export const ADMIN_OWNER = "admin";

export const saveListsInput = z.object({
  lists: watchListsSchema,
  /** As last read; null: there were none. */
  version: z.string().max(64).nullable(),
});

/** A person's watchlists. */
export function listsOf({ lists }: Pick<Services, "lists">, owner: string): Promise<VersionedLists> {
  return lists.get(owner);
}

/** Replaces a person's watchlists. CONFLICT when they have changed since `version`. Gives them with their new version. */
export async function saveLists(
  { lists: store, now }: Pick<Services, "lists" | "now">,
  owner: string,
  { lists, version }: z.infer<typeof saveListsInput>,
): Promise<VersionedLists> {
  return { lists, version: await store.put({ owner, updated: now(), lists }, version) };
}
