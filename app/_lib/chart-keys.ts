import type { AdjustmentMode } from "#lib/domain/adjustment/steps.ts";
import { nextType, type ChartType } from "./chart-types.ts";
import type { ScaleKind } from "./price-scales.ts";

/** How the chart looks: what its menus and keys choose. */
export interface ChartLook {
  type: ChartType;
  scale: ScaleKind;
  adjust: AdjustmentMode;
}

/** Places on the keyboard, because Alt makes other letters of them on some. Letters alone begin a search. */
const SCALE_KEYS: Readonly<Record<string, ScaleKind>> = { KeyL: "log", KeyP: "percent", KeyI: "indexed" };

/** The look after a key with Alt: the next type, a scale, or linear where that scale is on; null for another key. */
export function lookKey(
  { code, altKey, shiftKey }: Pick<KeyboardEvent, "code" | "altKey" | "shiftKey">,
  look: ChartLook,
): ChartLook | null {
  if (!altKey) return null;
  if (code === "KeyC") return { ...look, type: nextType(look.type, shiftKey ? -1 : 1) };
  const scale = SCALE_KEYS[code];
  return scale ? { ...look, scale: look.scale === scale ? "linear" : scale } : null;
}
