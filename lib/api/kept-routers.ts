import type { z } from "zod";
import { chartSymbolSchema } from "../contracts/chart-symbol.ts";
import { savedDesksSchema } from "../contracts/desks.ts";
import { type Drawing, drawingsSchema } from "../contracts/drawings.ts";
import type { Versioned } from "../contracts/kept.ts";
import { watchListsSchema } from "../contracts/lists.ts";
import type { KeptStore } from "../contracts/stores.ts";
import { findInstrument } from "../services/composite/instrument.ts";
import { assertOwner, ownKeptInput, saveKept, saveKeptInput } from "../services/kept/kept.ts";
import type { Services } from "../services/services.ts";
import { changingAs, readingAs, router } from "./trpc.ts";

/** What people keep of one kind: each reads and changes their own alone, for whose it is comes from the session; the request says only whose it expects it to be. */
function keptRouter<T>(schema: z.ZodType<T[]>, storeOf: (services: Services) => KeptStore<T>) {
  return router({
    own: readingAs("keep")
      .input(ownKeptInput)
      .query(({ ctx, input }): Promise<Versioned<T>> => {
        assertOwner(ctx.person, input);
        return storeOf(ctx.services).get(ctx.person.name);
      }),
    save: changingAs("keep")
      .input(saveKeptInput(schema))
      .mutation(({ ctx, input }): Promise<Versioned<T>> => {
        assertOwner(ctx.person, input);
        return saveKept(ctx.services, storeOf(ctx.services), { owner: ctx.person.name }, input);
      }),
  });
}

/** The watchlists of who is signed in. */
export const listsRouter = keptRouter(watchListsSchema, ({ lists }) => lists);

/** Their desks. */
export const desksRouter = keptRouter(savedDesksSchema, ({ desks }) => desks);

const drawingsOf = ownKeptInput.extend({ symbol: chartSymbolSchema });

/** Their drawings, by the symbol of a chart. */
export const drawingsRouter = router({
  own: readingAs("keep")
    .input(drawingsOf)
    .query(({ ctx, input }): Promise<Versioned<Drawing>> => {
      assertOwner(ctx.person, input);
      return ctx.services.drawings.get(ctx.person.name, input.symbol);
    }),
  save: changingAs("keep")
    .input(saveKeptInput(drawingsSchema).extend(drawingsOf.shape))
    .mutation(async ({ ctx, input }): Promise<Versioned<Drawing>> => {
      assertOwner(ctx.person, input);
      // No more documents than there are things to look at.
      await findInstrument(ctx.services, input.symbol);
      return saveKept(ctx.services, ctx.services.drawings, { owner: ctx.person.name, of: input.symbol }, input);
    }),
});
