import type { z } from "zod";
import { savedDesksSchema } from "../contracts/desks.ts";
import type { Versioned } from "../contracts/kept.ts";
import { watchListsSchema } from "../contracts/lists.ts";
import type { KeptStore } from "../contracts/stores.ts";
import { ADMIN_OWNER, saveKept, saveKeptInput } from "../services/kept/kept.ts";
import type { Services } from "../services/services.ts";
import { administering, personal, router } from "./trpc.ts";

function keptRouter<T>(schema: z.ZodType<T[]>, storeOf: (services: Services) => KeptStore<T>) {
  return router({
    own: personal.query(({ ctx }): Promise<Versioned<T>> => storeOf(ctx.services).get(ADMIN_OWNER)),
    save: administering
      .input(saveKeptInput(schema))
      .mutation(({ ctx, input }): Promise<Versioned<T>> =>
        saveKept(ctx.services, storeOf(ctx.services), ADMIN_OWNER, input),
      ),
  });
}

/** The watchlists of who is signed in. */
export const listsRouter = keptRouter(watchListsSchema, ({ lists }) => lists);

/** Their desks. */
export const desksRouter = keptRouter(savedDesksSchema, ({ desks }) => desks);
