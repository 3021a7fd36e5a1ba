"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { PanePixels } from "./_prepare/pane-pixels.ts";
import { PixelsContext } from "./use-pixels.ts";

const LayersContext = createContext<ReactNode>(null);

/** Where the layers of a pane stand among what Recharts draws of it. */
export const Layers = (): ReactNode => useContext(LayersContext);

interface PaneProps {
  /** What Recharts draws, with <Layers /> in it; the same element while it is to stay as it is. */
  axes: ReactNode;
  pixels: PanePixels;
  /** The layers. */
  children: ReactNode;
}

/** Layers over axes: they reach their place by a context, so that moving them leaves Recharts at rest. */
export function Pane({ axes, pixels, children }: PaneProps) {
  const layers = useMemo(() => <PixelsContext value={pixels}>{children}</PixelsContext>, [pixels, children]);
  return <LayersContext value={layers}>{axes}</LayersContext>;
}
