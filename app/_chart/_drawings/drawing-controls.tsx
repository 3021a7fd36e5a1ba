"use client";
import { DrawingBar } from "./drawing-bar.tsx";
import { DrawingStatus } from "./drawing-status.tsx";
import { NoteEditor } from "./note-editor.tsx";
import type { Plane } from "./plane.ts";
import type { DrawingSession } from "./session.ts";

interface ControlsProps {
  session: DrawingSession;
  plane: Plane;
  decimals: number;
}

/** What stands on a chart to draw with: what can be done now, the note that is written, and both in words. */
export function DrawingControls({ session, plane, decimals }: ControlsProps) {
  return (
    <>
      <DrawingBar session={session} layout={plane.layout} />
      <NoteEditor session={session} plane={plane} />
      <DrawingStatus session={session} decimals={decimals} />
    </>
  );
}
