import type { Print } from "#lib/contracts/latest.ts";

/** The most prints that a page keeps; the oldest go first. */
export const PRINTS_KEPT = 600;

const newestFirst = (a: Print, b: Print): number => b.time - a.time || b.id - a.id;
/** Newest first, each once, at most PRINTS_KEPT. The same array when nothing is new. `held` is in that order already. */
export function mergePrints(held: readonly Print[], incoming: readonly Print[]): readonly Print[] {
  const fresh = incoming.toSorted(newestFirst);
  const merged: Print[] = [];
  let changed = false;
  let h = 0;
  let f = 0;
  while (merged.length < PRINTS_KEPT) {
    const [old, young] = [held[h], fresh[f]];
    const order = old && young ? newestFirst(old, young) : old ? -1 : 1;
    const next = order <= 0 ? old : young;
    if (!next) break;
    if (order <= 0) h++;
    if (order > 0) f++;
    // What is held comes before its repetition, and of what came twice at once the first before the second.
    const before = merged.at(-1);
    if (before && newestFirst(before, next) === 0) continue;
    merged.push(next);
    if (order > 0) changed = true;
  }
  return changed ? merged : held;
}
