"use client";
import { useEffect, type RefObject } from "react";
import { usePhone } from "./use-phone.ts";

/** Calls `onAway` when something outside of the layer is pressed, or scrolled, which on a phone moves no layer: there they are sheets. */
export function useAway(layer: RefObject<HTMLElement | null>, onAway: () => void): void {
  const sheet = usePhone();
  useEffect(() => {
    const away = (event: Event): void => {
      if (!(event.target instanceof Node) || !layer.current?.contains(event.target)) onAway();
    };
    document.addEventListener("pointerdown", away);
    if (!sheet) document.addEventListener("scroll", away, true);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("scroll", away, true);
    };
  }, [layer, onAway, sheet]);
}
