"use client";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { describeError } from "../_lib/errors.ts";
import { useTRPCClient } from "../_live/trpc.tsx";
import { useSession } from "../_people/use-session.ts";
import { toast } from "../_ui/toasts.tsx";
import { type BrowserKeeper, type KeeperServer, type KeptChange, ServerKeeper } from "./keepers.ts";

type Client = ReturnType<typeof useTRPCClient>;

/** How a client asks for what `owner` keeps; refused where the browser is another's by now. */
type ServerOf<T> = (client: Client, owner: string) => Pick<KeeperServer<T>, "read" | "save">;

/** The session is another's by now, or nobody's. */
const isOther = (error: unknown): boolean => describeError(error).code === "UNAUTHORIZED";

const isConflict = (error: unknown): boolean => describeError(error).code === "CONFLICT";

/** Something that a person keeps, and where. One object for the whole page: all that shows it sees each other's changes at once. */
export class KeptKind<T> {
  readonly browser: BrowserKeeper<T>;
  readonly #serverOf: ServerOf<T>;
  #server: { client: Client; owner: string; keeper: ServerKeeper<T> } | null = null;

  constructor(browser: BrowserKeeper<T>, serverOf: ServerOf<T>) {
    this.browser = browser;
    this.#serverOf = serverOf;
  }

  /** `owner` is who is signed in: what one has read, or is about to save, is never another’s. */
  server(client: Client, owner: string): ServerKeeper<T> {
    if (this.#server?.client !== client || this.#server.owner !== owner) {
      this.#server = { client, owner, keeper: new ServerKeeper({ ...this.#serverOf(client, owner), isConflict }) };
    }
    return this.#server.keeper;
  }
}

export interface Kept<T> {
  /** null while it is not known. */
  kept: readonly T[] | null;
  /** Where it is kept; null while that is not known. */
  place: "server" | "browser" | null;
  /** Why it could not be read. */
  error: unknown;
  again: () => void;
  /** Makes a change; one that cannot be made is said in a toast, and the answer is false. */
  change: (change: KeptChange<T>) => Promise<boolean>;
  /** What this browser keeps, whoever is signed in. */
  inBrowser: readonly T[];
  changeInBrowser: (change: KeptChange<T>) => Promise<void>;
}

const NONE: readonly never[] = [];
const none = (): readonly never[] => NONE;
const unknown = (): null => null;

function useInBrowser<T>(keeper: BrowserKeeper<T>): readonly T[] {
  useEffect(() => {
    const onStorage = (event: StorageEvent): void => {
      if (event.key === keeper.key || event.key === null) keeper.reread();
    };
    window.addEventListener("storage", onStorage);
    return () => window.removeEventListener("storage", onStorage);
  }, [keeper]);
  return useSyncExternalStore<readonly T[]>(keeper.subscribe, keeper.current, none);
}

/** What the one who looks keeps: on the server who is signed in, else in this browser. */
export function useKept<T>(kind: KeptKind<T>): Kept<T> {
  const client = useTRPCClient();
  const { person, known, may, error: unknownWho, again: askWho } = useSession();
  const isSigned = may("keep");
  const { browser } = kind;
  const inBrowser = useInBrowser(browser);
  const server = kind.server(client, person?.name ?? "");
  const onServer = useSyncExternalStore<readonly T[] | null>(server.subscribe, server.current, unknown);
  const error = useSyncExternalStore(server.subscribe, server.error, unknown);
  const again = useCallback(() => void server.read(), [server]);

  useEffect(() => {
    if (!isSigned) return undefined;
    again();
    // Another device may have changed it meanwhile.
    const onSight = (): void => {
      if (document.visibilityState === "visible") again();
    };
    document.addEventListener("visibilitychange", onSight);
    return () => document.removeEventListener("visibilitychange", onSight);
  }, [isSigned, again]);

  useEffect(() => {
    if (isSigned && error !== null && isOther(error)) askWho();
  }, [isSigned, error, askWho]);

  const place = known ? (isSigned ? "server" : "browser") : null;
  const change = useCallback(
    async (made: KeptChange<T>): Promise<boolean> => {
      try {
        await (isSigned ? server : browser).change(made);
        return true;
      } catch (failure) {
        const { message, code } = describeError(failure);
        if (isOther(failure)) askWho();
        toast(code === "INTERNAL" && failure instanceof Error ? failure.message : `Not saved: ${message}`);
        return false;
      }
    },
    [isSigned, server, browser, askWho],
  );
  const changeInBrowser = useCallback((made: KeptChange<T>) => browser.change(made), [browser]);
  return useMemo(
    () => ({
      kept: place === null ? null : place === "server" ? onServer : inBrowser,
      place,
      error: place === null ? unknownWho : place === "server" && onServer === null ? error : null,
      again: place === null ? askWho : again,
      change,
      inBrowser,
      changeInBrowser,
    }),
    [place, onServer, inBrowser, error, unknownWho, again, askWho, change, changeInBrowser],
  );
}
