import type { Drawing } from "#lib/contracts/drawings.ts";
import { isSameDrawing } from "./drawing.ts";

/** One drawing before and after; null: it was not there. */
export interface Part {
  before: Drawing | null;
  after: Drawing | null;
  /** Its place in the order in which they lie over each other. */
  at: number;
}

/** What one act changed. */
export interface Change {
  parts: readonly Part[];
  /** Acts with the same key that follow one another, as key presses do, are undone together. */
  key?: string;
}

/** Acts that can be undone; beyond them the oldest is forgotten. */
export const CHANGES_KEPT = 100;

/** What takes a change back. */
export const inverse = ({ parts }: Change): Change => ({
  parts: parts.toReversed().map(({ before, after, at }) => ({ before: after, after: before, at })),
});

/**
 * The drawings after a change. A part whose drawing is no longer what the change found, because another tab changed it, is left out:
 * that tab's word is newer.
 */
export function applied(drawings: readonly Drawing[], { parts }: Change): readonly Drawing[] {
  let next = drawings;
  for (const { before, after, at } of parts) {
    const id = (before ?? after)?.id;
    const index = next.findIndex((one) => one.id === id);
    if (!isSameDrawing(next[index] ?? null, before)) continue;
    if (before === null && after) next = next.toSpliced(Math.min(at, next.length), 0, after);
    else if (after === null) next = next.toSpliced(index, 1);
    else next = next.with(index, after);
  }
  return next;
}

/** What was done and what was undone: both bounded, each act once. */
export class History {
  #done: readonly Change[] = [];
  #undone: readonly Change[] = [];

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Remembers an act; what was undone before it cannot be done again. */
  did(change: Change): void {
    const last = this.#done.at(-1);
    const joined = last && change.key !== undefined && last.key === change.key ? join(last, change) : null;
    this.#done = joined ? [...this.#done.slice(0, -1), joined] : [...this.#done, change].slice(-CHANGES_KEPT);
    this.#undone = [];
  }

  /** The change that undoes the last act; null where there is none. */
  undo(): Change | null {
    const last = this.#done.at(-1);
    if (!last) return null;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, last];
    return inverse(last);
  }

  /** The change that does again what was undone last; null where there is none. */
  redo(): Change | null {
    const last = this.#undone.at(-1);
    if (!last) return null;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, last];
    return last;
  }
}

/** Two acts on the same drawing as one; null where they are not. */
function join(first: Change, second: Change): Change | null {
  const [a, b] = [first.parts[0], second.parts[0]];
  if (!a || !b || first.parts.length > 1 || second.parts.length > 1 || a.after?.id !== b.before?.id) return null;
  return {
    parts: [{ before: a.before, after: b.after, at: a.at }],
    ...(first.key !== undefined && { key: first.key }),
  };
}
