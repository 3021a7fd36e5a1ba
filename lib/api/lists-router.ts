import type { VersionedLists } from "../contracts/lists.ts";
import { ADMIN_OWNER, listsOf, saveLists, saveListsInput } from "../services/lists/lists.ts";
import { administering, personal, router } from "./trpc.ts";

/** The watchlists of who is signed in. */
export const listsRouter = router({
  own: personal.query(({ ctx }): Promise<VersionedLists> => listsOf(ctx.services, ADMIN_OWNER)),
  save: administering
    .input(saveListsInput)
    .mutation(({ ctx, input }): Promise<VersionedLists> => saveLists(ctx.services, ADMIN_OWNER, input)),
});
