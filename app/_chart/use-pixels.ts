"use client";
import { createContext, useContext } from "react";
import type { PanePixels } from "./_prepare/pane-pixels.ts";

/** The pixels of the pane around; each pane gives its own. */
export const PixelsContext = createContext<PanePixels | null>(null);

/**
 * Where the bars of the pane around stand. Recharts has the same scales, but knows a new range only after a pane was drawn: layers that asked
 * it would draw each step of a pan twice.
 */
export function usePixels(): PanePixels {
  const pixels = useContext(PixelsContext);
  if (!pixels) throw new Error("a layer is drawn outside of a pane");
  return pixels;
}
