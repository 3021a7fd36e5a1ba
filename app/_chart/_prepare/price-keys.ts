import type { PriceRange } from "../../_lib/price-scales.ts";
import type { PriceScale } from "./domains.ts";
import { movedRange, spreadRange } from "./price-units.ts";

const SPREAD = 1.15;
const MOVE = 0.1;

/** What a key asks of the price axis. */
export type PriceMove = (scale: PriceScale) => PriceRange | null;

type Press = Pick<KeyboardEvent, "key"> & Partial<Pick<KeyboardEvent, "code" | "altKey" | "shiftKey">>;

/** Shift with up and down spreads the prices apart or together, Alt moves them, Alt+A gives them back to the bars in sight. */
export function priceKey({ key, code, altKey = false, shiftKey = false }: Press): PriceMove | null {
  if (altKey && code === "KeyA") return () => null;
  if (altKey === shiftKey || (key !== "ArrowUp" && key !== "ArrowDown")) return null;
  const up = key === "ArrowUp";
  if (shiftKey) return (scale) => spreadRange(scale, up ? 1 / SPREAD : SPREAD, 0.5);
  return (scale) => movedRange(scale, up ? MOVE : -MOVE);
}
