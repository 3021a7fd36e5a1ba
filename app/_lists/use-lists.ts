"use client";
import { useMemo } from "react";
import { type WatchList, type WatchLists, watchListSchema } from "#lib/contracts/lists.ts";
import { BrowserKeeper } from "../_kept/keepers.ts";
import { type Kept, KeptKind, useKept } from "../_kept/use-kept.ts";

const LISTS = new KeptKind<Readonly<WatchList>>(
  new BrowserKeeper({ key: "tapedeck-lists", schema: watchListSchema, store: () => localStorage }),
  (client, owner) => ({
    read: () => client.lists.own.query({ owner }),
    save: ({ kept, version }) => client.lists.save.mutate({ owner, kept: kept.map(copied), version }),
  }),
);

const copied = (list: Readonly<WatchList>): WatchList => ({ ...list, symbols: [...list.symbols] });

export interface Lists extends Omit<Kept<Readonly<WatchList>>, "kept"> {
  /** null while they are not known. */
  lists: WatchLists | null;
}

/** The watchlists of who looks. */
export function useLists(): Lists {
  const all = useKept(LISTS);
  return useMemo(() => {
    const { kept, ...rest } = all;
    return { ...rest, lists: kept };
  }, [all]);
}
