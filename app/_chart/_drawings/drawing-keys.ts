import type { DrawingKind } from "#lib/contracts/drawings.ts";

/** The key that, with Alt, begins each: letters alone begin a search. */
export const TOOL_KEYS: Readonly<Record<DrawingKind, string>> = {
  trend: "T",
  horizontal: "H",
  rectangle: "B",
  fibonacci: "F",
  measure: "S",
  note: "N",
};

type Press = Pick<KeyboardEvent, "key" | "shiftKey"> & Partial<Pick<KeyboardEvent, "altKey" | "code">>;

/** What a key begins to draw; null for another key. Places on the keyboard, because Alt makes other letters of them on some. */
export function toolOfKey({ code, altKey = false, shiftKey }: Press): DrawingKind | null {
  if (!altKey || shiftKey) return null;
  const found = Object.entries(TOOL_KEYS).find(([, letter]) => code === `Key${letter}`);
  return (found?.[0] as DrawingKind | undefined) ?? null;
}

/** Steps of an arrow: to the right and up, ten with Shift; null for another key. */
export function arrowSteps({ key, shiftKey, altKey = false }: Press): { right: number; up: number } | null {
  if (altKey) return null;
  const by = shiftKey ? 10 : 1;
  switch (key) {
    case "ArrowLeft":
      return { right: -by, up: 0 };
    case "ArrowRight":
      return { right: by, up: 0 };
    case "ArrowUp":
      return { right: 0, up: by };
    case "ArrowDown":
      return { right: 0, up: -by };
    default:
      return null;
  }
}

/** Whether keys undo or do again, with Ctrl or Cmd; null for others. */
export function historyKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): "undo" | "redo" | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : null;
}
