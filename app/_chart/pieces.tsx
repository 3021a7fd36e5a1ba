"use client";
import { memo, type ReactNode, useMemo } from "react";
import type { Pixels } from "./_prepare/paths.ts";
import { pieceOrigin, piecePixels, piecesOf, type PositionRange } from "./_prepare/pieces.ts";
import type { TimeAxis } from "./_prepare/time-axis.ts";
import { usePixels } from "./use-pixels.ts";

/** Draws the bars of some positions (the end exclusive), none of them where there are none. */
export type DrawPiece = (from: number, to: number, pixels: Pixels) => ReactNode;

interface PiecesProps {
  sight: PositionRange;
  /** The same function while the same is drawn. */
  draw: DrawPiece;
}

/**
 * The bars in sight in pieces, each drawn from its own left edge: a pan moves them as they are, and of each part of the screen only what stands
 * there is painted.
 */
export function Pieces({ sight, draw }: PiecesProps) {
  const { axis, step, slotX, y } = usePixels();
  return piecesOf(sight, step).map(({ from, to }) => (
    <Piece key={from} {...{ from, to, axis, step, y, draw }} left={Math.round(slotX(pieceOrigin(axis, step, from)))} />
  ));
}

interface PieceProps extends Pick<Pixels, "step" | "y"> {
  from: number;
  to: number;
  axis: TimeAxis;
  draw: DrawPiece;
  /** Its place in the pane, pixels. */
  left: number;
}

const Piece = memo(function Piece({ from, to, axis, step, y, draw, left }: PieceProps) {
  const drawn = useMemo(() => draw(from, to, piecePixels({ axis, step, y }, from)), [draw, from, to, axis, step, y]);
  return <g transform={`translate(${left},0)`}>{drawn}</g>;
});
