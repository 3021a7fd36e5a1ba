"use client";
import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import type { Seam } from "./_layout/places.ts";

/** What an arrow moves a seam by, per cent of its split; with Shift. */
const STEP = 2;
const LEAP = 10;

interface SeamHandleProps {
  seam: Seam;
  /** Moves it by so much of its split, per cent. */
  onMove: (seam: Seam, share: number) => void;
  onEven: (seam: Seam) => void;
}

/** The line between two panels: dragged, or moved by the arrows; a double-click or Enter makes all beside it equally large. */
export function SeamHandle({ seam, onMove, onEven }: SeamHandleProps) {
  const { direction, at, share, extent } = seam;
  const upright = direction === "row";
  const held = useRef<{ at: number; room: number; share: number } | null>(null);
  const where = (event: PointerEvent): number => (upright ? event.clientX : event.clientY);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const desk = event.currentTarget.parentElement?.getBoundingClientRect();
    if (event.button !== 0 || !desk) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { at: where(event), room: ((upright ? desk.width : desk.height) * extent) / 100, share };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const from = held.current;
    if (!from) return;
    // From where it was pressed: beyond the least of a panel the line waits for the pointer to come back.
    onMove(seam, from.share + ((where(event) - from.at) / from.room) * 100 - share);
  };
  const end = (): void => {
    held.current = null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.shiftKey ? LEAP : STEP;
    if (event.key === (upright ? "ArrowLeft" : "ArrowUp")) onMove(seam, -by);
    else if (event.key === (upright ? "ArrowRight" : "ArrowDown")) onMove(seam, by);
    else if (event.key === "Enter") onEven(seam);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // A separator that takes the focus is a widget.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="desk-seam"
      role="separator"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="Between panels"
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuenow={Math.round(share)}
      aria-valuemin={0}
      aria-valuemax={100}
      title="Drag; double-click makes the panels equally large"
      style={{
        left: `${at.left}%`,
        top: `${at.top}%`,
        ...(upright ? { height: `${at.height}%` } : { width: `${at.width}%` }),
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onEven(seam)}
      onKeyDown={onKeyDown}
    />
  );
}
