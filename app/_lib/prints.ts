import type { Print } from "#lib/contracts/latest.ts";
import { printKey } from "./tape.ts";

/** The most prints that a page keeps; the oldest go first. */
export const PRINTS_KEPT = 2000;

const newestFirst = (a: Print, b: Print): number => b.time - a.time || b.id - a.id;
const sameAs = (a: Print, b: Print): boolean => a.id === b.id && a.time === b.time;

/** Newest first, each once, at most PRINTS_KEPT. The same array when nothing is new. */
export function mergePrints(held: readonly Print[], incoming: readonly Print[]): readonly Print[] {
  const known = new Set(held.map(printKey));
  const fresh = incoming.filter((print) => !known.has(printKey(print)));
  if (fresh.length === 0) return held;
  return [...fresh, ...held]
    .toSorted(newestFirst)
    .filter((print, index, all) => {
      const before = all[index - 1];
      return before === undefined || !sameAs(before, print);
    })
    .slice(0, PRINTS_KEPT);
}
