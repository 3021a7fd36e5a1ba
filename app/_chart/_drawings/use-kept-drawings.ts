"use client";
import { useEffect, useLayoutEffect } from "react";
import { describeError } from "../../_lib/errors.ts";
import { useTRPCClient } from "../../_live/trpc.tsx";
import { useSession } from "../../_people/use-session.ts";
import { toast } from "../../_ui/toasts.tsx";
import type { DrawingStore } from "./drawing-store.ts";
import { endOthers, waitingIn } from "./drawing-stores.ts";
import { type DrawingsServer, ServerDrawings, type ServerDrawingsOptions } from "./server-drawings.ts";

/** How often what other devices did is asked for while the page is in sight, milliseconds. */
const AGAIN = 15_000;

/** A request that is not answered within this has failed: others wait for it. */
const ANSWER_LIMIT = 15_000;

const REFUSALS = new Set(["BAD_INPUT", "FORBIDDEN", "NOT_FOUND"]);

function meaning(error: unknown): ReturnType<DrawingsServer["meaning"]> {
  const { code } = describeError(error);
  if (code === "CONFLICT") return "conflict";
  if (code === "UNAUTHORIZED") return "signed out";
  return REFUSALS.has(code) ? "refused" : "later";
}

function serverOf(client: ReturnType<typeof useTRPCClient>, owner: string, symbol: string): DrawingsServer {
  return {
    read: () => client.drawings.own.query({ owner, symbol }, { signal: AbortSignal.timeout(ANSWER_LIMIT) }),
    save: ({ kept, version }) =>
      client.drawings.save.mutate(
        { owner, symbol, kept: [...kept], version },
        { signal: AbortSignal.timeout(ANSWER_LIMIT) },
      ),
    meaning,
  };
}

/** Says once that the server does not take what is drawn, and once that it does again. */
function sayStanding(server: ServerDrawings, symbol: string): () => void {
  let said = server.standing();
  return server.subscribe(() => {
    const standing = server.standing();
    if (standing === said || standing === "unsent") return;
    if (standing === "later") {
      toast(`Drawings of ${symbol} are not saved: the server does not answer. They wait in this browser.`);
    } else if (standing === "refused") toast(`Drawings of ${symbol} are not saved: the server does not take them.`);
    else if (said !== "saved") toast(`Drawings of ${symbol} are saved`);
    said = standing;
  });
}

/** Moves this browser's drawings of the symbol to the server, and says what became of it. */
export async function moveDrawings(store: DrawingStore): Promise<void> {
  const moved = await store.moveToServer();
  if (moved > 0) toast(`${counted(moved)} of ${store.symbol} moved to the server`);
}

export const counted = (drawings: number): string => (drawings === 1 ? "One drawing" : `${drawings} drawings`);

/** Whether this page was looked at by nobody who is signed in. */
let wasNobodys = false;

/** Asked at signing in; later the list of drawings offers it. */
function offerToMove(store: DrawingStore): void {
  const { inBrowser } = store.state();
  if (inBrowser === 0 || !wasNobodys) return;
  const words = `${counted(inBrowser)} of ${store.symbol} from before you signed in ${inBrowser === 1 ? "is" : "are"} in this browser only.`;
  toast(words, { words: "Move to the server", run: () => void moveDrawings(store) });
}

/** Keeps the drawings of a symbol where they belong: on the server those of who is signed in, else in this browser. */
export function useKeptDrawings(store: DrawingStore): void {
  const client = useTRPCClient();
  const { person, known, may, again } = useSession();
  const owner = may("keep") ? (person?.name ?? null) : null;
  // Before the cleaning up below: what is another's by now is over then, and not sent once more.
  useLayoutEffect(() => {
    if (!known) return;
    endOthers(owner);
    if (owner === null) {
      wasNobodys = true;
      store.keepAt(null);
    } else if (store.server?.owner !== owner) {
      const server: ServerDrawingsOptions["server"] = serverOf(client, owner, store.symbol);
      const full = (): void => toast(`There was no room for all drawings of ${store.symbol}: some were left out.`);
      const waiting = waitingIn(owner, store.symbol);
      store.keepAt(new ServerDrawings({ owner, server, waiting, signedOut: again, full }));
      offerToMove(store);
    }
  }, [store, client, owner, known, again]);

  useEffect(() => {
    const { server } = store;
    if (owner === null || server?.owner !== owner) return undefined;
    const look = (): void => {
      if (document.visibilityState === "visible") void server.read();
      else server.leave();
    };
    const leave = (): void => server.leave();
    const unsay = sayStanding(server, store.symbol);
    look();
    const timer = setInterval(look, AGAIN);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", look);
    return () => {
      unsay();
      leave();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", look);
    };
  }, [store, owner]);
}
