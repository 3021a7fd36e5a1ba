"use client";
import { useEffect, type RefObject } from "react";

/** Calls `onAway` when something outside of the layer is pressed or scrolled. */
export function useAway(layer: RefObject<HTMLElement | null>, onAway: () => void): void {
  useEffect(() => {
    const away = (event: Event): void => {
      if (!(event.target instanceof Node) || !layer.current?.contains(event.target)) onAway();
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("scroll", away, true);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("scroll", away, true);
    };
  }, [layer, onAway]);
}
