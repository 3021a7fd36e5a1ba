"use client";
import { useMemo } from "react";
import { type SavedDesk, savedDeskSchema } from "#lib/contracts/desks.ts";
import { BrowserKeeper } from "../_kept/keepers.ts";
import { newId } from "../_kept/new-id.ts";
import { KeptKind, useKept } from "../_kept/use-kept.ts";
import { toast } from "../_ui/toasts.tsx";
import { parseDeskLink } from "./_layout/desk-link.ts";
import { putDesk, removeDesk } from "./_layout/saved-desks.ts";
import type { DeskHandle } from "./use-desk.ts";

const DESKS = new KeptKind<SavedDesk>(
  new BrowserKeeper({ key: "tapedeck-desks", schema: savedDeskSchema, store: () => localStorage }),
  (client, owner) => ({
    read: () => client.desks.own.query({ owner }),
    save: ({ kept, version }) => client.desks.save.mutate({ owner, kept: [...kept], version }),
  }),
);

/** The desks that a person keeps by name, and what is done with them. */
export function useSavedDesks(handle: DeskHandle) {
  const { kept, change } = useKept(DESKS);
  const { query, savedAs, replace, setSavedAs } = handle;
  const saved = kept?.find(({ id }) => id === savedAs) ?? null;
  return useMemo(() => {
    const put = async (desk: SavedDesk): Promise<void> => {
      if (!(await change(putDesk(desk)))) return;
      setSavedAs(desk.id);
      toast(`“${desk.name}” saved`);
    };
    return {
      kept,
      /** The one that this desk began as. */
      saved,
      isChanged: saved !== null && saved.query !== query,
      open: ({ id, name, query: stored }: SavedDesk): void => {
        const { desk, alone } = parseDeskLink(Object.fromEntries(new URLSearchParams(stored)));
        if (desk) replace(desk, `“${name}” opened`, { alone, savedAs: id });
        else toast(`“${name}” could not be read`);
      },
      save: (): void => void (saved && put({ ...saved, query })),
      saveAs: (name: string): void => void put({ id: newId(), name, query }),
      rename: (name: string): void => void (saved && put({ ...saved, name })),
      remove: async (): Promise<void> => {
        const at = kept?.findIndex(({ id }) => id === savedAs) ?? -1;
        if (!saved || !(await change(removeDesk(saved.id)))) return;
        toast(`“${saved.name}” removed`, { words: "Undo", run: () => void change(putDesk(saved, at)) });
      },
    };
  }, [kept, saved, savedAs, query, change, replace, setSavedAs]);
}

export type SavedDesks = ReturnType<typeof useSavedDesks>;
