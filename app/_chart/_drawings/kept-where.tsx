"use client";
import { Icon } from "../../_ui/icon.tsx";
import type { DrawingStore, Drawings } from "./drawing-store.ts";
import { counted, moveDrawings } from "./use-kept-drawings.ts";

interface KeptWhereProps extends Pick<Drawings, "standing" | "inBrowser"> {
  store: DrawingStore;
}

/** What of the drawings is not on the server, for who is signed in. */
export function KeptWhere({ store, standing, inBrowser }: KeptWhereProps) {
  return (
    <>
      {(standing === "later" || standing === "refused") && (
        <p className="aside" role="status">
          <Icon name="warn" />
          <span className="grow">
            {standing === "later"
              ? "Not saved: the server does not answer. What you draw waits in this browser until it does."
              : "Not saved: the server does not take these drawings."}
          </span>
          <button type="button" className="btn edge" onClick={() => void store.server?.flush()}>
            Try now
          </button>
        </p>
      )}
      {standing !== null && inBrowser > 0 && (
        <p className="aside">
          <span className="grow">
            {counted(inBrowser)} from before you signed in {inBrowser === 1 ? "is" : "are"} in this browser only.
          </span>
          <button type="button" className="btn edge" onClick={() => void moveDrawings(store)}>
            Move to the server
          </button>
        </p>
      )}
    </>
  );
}
