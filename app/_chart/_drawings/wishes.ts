import { type Drawing, drawingSchema, MOST_DRAWINGS } from "#lib/contracts/drawings.ts";
import type { Change } from "./history.ts";

/** What this page wants of one drawing and the server has not taken yet. */
export interface Wish {
  /** null: that it is gone. */
  after: Drawing | null;
  /** It was made here: the server is not expected to have it. */
  isNew: boolean;
  /** Its place in the order in which they lie over each other, where it is new. */
  at: number;
}

/** By the drawing's id. At most those that the server has and those that there is room for. */
export type Wishes = ReadonlyMap<string, Wish>;

export const NO_WISHES: Wishes = new Map();

/** The wishes after a change: the newest one of each drawing. What is no drawing by its schema is not wished: the server would refuse all with it. */
export function wished(wishes: Wishes, { parts }: Change): Wishes {
  const next = new Map(wishes);
  for (const { before, after, at } of parts) {
    const id = (before ?? after)?.id;
    if (id === undefined || !drawingSchema.nullable().safeParse(after).success) continue;
    const held = next.get(id);
    const isNew = before === null || (held?.isNew === true && held.after !== null);
    // What was made here and is gone again was never there.
    if (after === null && held?.isNew === true) next.delete(id);
    else next.set(id, { after, isNew, at });
  }
  return next;
}

/**
 * What is kept once the wishes are made on what somebody else may have left: of each drawing the change that comes last to the server stays. One that
 * another device removed stays removed, unless it was made, or brought back, here; one that was removed here goes, whatever became of it there.
 * Beyond the most that are kept new ones are left out.
 */
export function granted(drawings: readonly Drawing[], wishes: Wishes): Drawing[] {
  const kept = drawings.flatMap((drawing) => {
    const wish = wishes.get(drawing.id);
    return wish ? (wish.after ?? []) : drawing;
  });
  const there = new Set(drawings.map(({ id }) => id));
  for (const [id, { after, isNew, at }] of wishes) {
    if (after && isNew && !there.has(id) && kept.length < MOST_DRAWINGS)
      kept.splice(Math.min(at, kept.length), 0, after);
  }
  return kept;
}

/** What is still wished when the server has taken these: what was wished anew meanwhile is no longer new there. */
export function stillWished(wishes: Wishes, taken: Wishes): Wishes {
  const left = new Map<string, Wish>();
  for (const [id, wish] of wishes) {
    if (taken.get(id) !== wish) left.set(id, taken.has(id) ? { ...wish, isNew: false } : wish);
  }
  return left;
}
