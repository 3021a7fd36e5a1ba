"use client";
import { toast } from "../../_ui/toasts.tsx";
import { KIND_WORDS } from "./drawing.ts";
import type { DrawingSession } from "./session.ts";

/** Removes what is selected, and offers the way back. Whether there was something. */
export function removeSelected(session: DrawingSession): boolean {
  const removed = session.remove();
  if (removed?.putBack) {
    toast(`${KIND_WORDS[removed.drawing.kind]} removed`, { words: "Undo", run: removed.putBack });
  }
  return removed !== null;
}

/** Removes all drawings of the symbol, and offers the way back. */
export function removeAll(session: DrawingSession): void {
  const { drawings } = session.store.state();
  session.select(null);
  const putBack = session.store.remove(drawings.map(({ id }) => id));
  if (!putBack) return;
  const words = drawings.length === 1 ? "The drawing" : `All ${drawings.length} drawings`;
  toast(`${words} of ${session.store.symbol} removed`, { words: "Undo", run: putBack });
}
