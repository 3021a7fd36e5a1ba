"use client";
import { useSyncExternalStore } from "react";
import { useLive } from "../../_live/live.tsx";
import { useZone } from "../../_live/zone.ts";
import { useSettled } from "../../_ui/use-settled.ts";
import { POINTS_OF } from "#lib/contracts/drawings.ts";
import { KIND_WORDS } from "./drawing.ts";
import { drawingWords } from "./drawing-words.ts";
import type { DrawingSession } from "./session.ts";

/** What moves is told of when it has come to rest, milliseconds. */
const AT_REST = 300;

/** What is being drawn or selected, for those who do not see it. */
export function DrawingStatus({ session, decimals }: { session: DrawingSession; decimals: number }) {
  const doing = useSyncExternalStore(session.subscribe, session.doing, session.doing);
  const { drawings } = useSyncExternalStore(session.store.subscribe, session.store.state, session.store.state);
  const zone = useZone();
  const { clock } = useLive();
  const { tool, draft, placed, measure, selected, handle } = doing;
  const told = { zone, now: clock.now(), decimals };
  const drawing = measure ?? drawings.find(({ id }) => id === selected);
  const aimed = draft && drawingWords(draft, told);
  const next = tool && POINTS_OF[tool] === 2 ? `the ${placed === 0 ? "first" : "second"} point` : "its point";
  const words = tool
    ? `${aimed ?? KIND_WORDS[tool]}. Arrows move ${next}, Enter places it, Escape ends.`
    : drawing
      ? `Selected: ${drawingWords(drawing, told)}. Arrows move ${handle === null ? "it" : `its point ${handle + 1}`}, full stop chooses a point, Delete removes it, Escape lets it go.`
      : "";
  return (
    <p className="sr" role="status">
      {useSettled(words, AT_REST)}
    </p>
  );
}
