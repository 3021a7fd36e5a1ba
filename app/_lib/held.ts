import type { HeldRow } from "#lib/contracts/views.ts";

export const heldKey = ({
  symbol,
  print,
}: {
  symbol: string;
  print: Pick<HeldRow["print"], "id" | "idSpace">;
}): string => `${symbol}|${print.idSpace ?? ""}|${print.id}`;

/** Arrow keys go from row to row, to the same button. False where the key or the place says nothing. */
export function movedFocus({
  key,
  target,
  currentTarget,
}: {
  key: string;
  target: EventTarget;
  currentTarget: Element;
}): boolean {
  const row = key === "ArrowDown" ? currentTarget.nextElementSibling : currentTarget.previousElementSibling;
  if ((key !== "ArrowDown" && key !== "ArrowUp") || !row) return false;
  const here = [...currentTarget.querySelectorAll("a, button")].indexOf(target as Element);
  const there = row.querySelectorAll<HTMLElement>("a, button")[Math.max(0, here)];
  there?.focus();
  return there !== undefined;
}
