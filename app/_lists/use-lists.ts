"use client";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { WatchLists } from "#lib/contracts/lists.ts";
import { useSession } from "../_admin/use-admin.ts";
import { describeError } from "../_lib/errors.ts";
import { BrowserLists, LISTS_KEY, ServerLists } from "../_lib/list-keepers.ts";
import type { ListChange } from "../_lib/lists.ts";
import { useTRPCClient } from "../_live/trpc.tsx";
import { toast } from "../_ui/toasts.tsx";

const ofBrowser = new BrowserLists(() => localStorage);
const NONE: WatchLists = [];
const none = (): WatchLists => NONE;
const unknown = (): null => null;

type Client = ReturnType<typeof useTRPCClient>;
let ofServer: { client: Client; keeper: ServerLists } | null = null;

/** One for all that shows lists: they see each other's changes at once. */
function serverLists(client: Client): ServerLists {
  if (ofServer?.client !== client) {
    const keeper = new ServerLists({
      read: () => client.lists.own.query(),
      save: ({ lists, version }) => client.lists.save.mutate({ lists: lists.map(copied), version }),
      isConflict: (error) => describeError(error).code === "CONFLICT",
    });
    ofServer = { client, keeper };
  }
  return ofServer.keeper;
}

const copied = (list: WatchLists[number]) => ({ ...list, symbols: [...list.symbols] });

export interface Lists {
  /** null while they are not known. */
  lists: WatchLists | null;
  /** Where they are kept; null while that is not known. */
  place: "server" | "browser" | null;
  /** Why they could not be read. */
  error: unknown;
  again: () => void;
  /** Makes a change; one that cannot be made is said in a toast, and the answer is false. */
  change: (change: ListChange) => Promise<boolean>;
  /** What this browser keeps, whoever is signed in. */
  inBrowser: WatchLists;
  changeInBrowser: (change: ListChange) => Promise<void>;
}

function useBrowserLists(): WatchLists {
  useEffect(() => {
    const onStorage = (event: StorageEvent): void => {
      if (event.key === LISTS_KEY || event.key === null) ofBrowser.reread();
    };
    window.addEventListener("storage", onStorage);
    return () => window.removeEventListener("storage", onStorage);
  }, []);
  return useSyncExternalStore(ofBrowser.subscribe, ofBrowser.current, none);
}

/** The watchlists of who looks: of the server for who is signed in, else of this browser. */
export function useLists(): Lists {
  const client = useTRPCClient();
  const { admin, known, forget } = useSession();
  const inBrowser = useBrowserLists();
  const keeper = serverLists(client);
  const onServer = useSyncExternalStore(keeper.subscribe, keeper.current, unknown);
  const error = useSyncExternalStore(keeper.subscribe, keeper.error, unknown);
  const again = useCallback(() => void keeper.read(), [keeper]);

  useEffect(() => {
    if (!admin) return undefined;
    again();
    // Another device may have changed them meanwhile.
    const onSight = (): void => {
      if (document.visibilityState === "visible") again();
    };
    document.addEventListener("visibilitychange", onSight);
    return () => document.removeEventListener("visibilitychange", onSight);
  }, [admin, again]);

  const place = known ? (admin ? "server" : "browser") : null;
  const change = useCallback(
    async (made: ListChange): Promise<boolean> => {
      try {
        await (admin ? keeper : ofBrowser).change(made);
        return true;
      } catch (failure) {
        const { message, code } = describeError(failure);
        if (code === "UNAUTHORIZED") forget();
        toast(code === "INTERNAL" && failure instanceof Error ? failure.message : `Not saved: ${message}`);
        return false;
      }
    },
    [admin, keeper, forget],
  );
  const changeInBrowser = useCallback((made: ListChange) => ofBrowser.change(made), []);
  return useMemo(
    () => ({
      lists: place === null ? null : place === "server" ? onServer : inBrowser,
      place,
      error: place === "server" && onServer === null ? error : null,
      again,
      change,
      inBrowser,
      changeInBrowser,
    }),
    [place, onServer, inBrowser, error, again, change, changeInBrowser],
  );
}
