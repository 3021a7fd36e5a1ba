"use client";
import { type KeyboardEvent, useEffect, useRef, useSyncExternalStore } from "react";
import { LONGEST_NOTE } from "#lib/contracts/drawings.ts";
import { pixelOf, type Plane } from "./plane.ts";
import type { DrawingSession } from "./session.ts";

const WIDTH = 240;
const HEIGHT = 88;

/** Where a note is written: at its point, in the chart. */
export function NoteEditor({ session, plane }: { session: DrawingSession; plane: Plane }) {
  const { writing } = useSyncExternalStore(session.subscribe, session.doing, session.doing);
  const [point] = writing?.points ?? [];
  if (!writing || !point) return null;
  const { x, y } = pixelOf(plane, point);
  const { plotWidth, priceHeight } = plane.layout;
  const left = Math.max(8, Math.min(x, plotWidth - WIDTH - 8));
  const top = Math.max(8, Math.min(y - 12, priceHeight - HEIGHT - 8));
  return <NoteField key={writing.id} session={session} text={writing.text} place={{ left, top }} />;
}

interface FieldProps {
  session: DrawingSession;
  text: string;
  place: { left: number; top: number };
}

function NoteField({ session, text, place }: FieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const isDone = event.key === "Enter" && !event.shiftKey;
    if (!isDone && event.key !== "Escape") return;
    event.preventDefault();
    if (isDone) session.written(event.currentTarget.value);
    else session.cancel();
    session.focus();
  };
  return (
    <textarea
      ref={field}
      className="note-editor"
      data-floating
      aria-label="Text of the note"
      placeholder="Enter ends, Shift Enter begins a line"
      maxLength={LONGEST_NOTE}
      defaultValue={text}
      style={place}
      onBlur={(event) => session.written(event.target.value)}
      onKeyDown={onKey}
    />
  );
}
