import { DESK_LIMITS, type SavedDesk } from "#lib/contracts/desks.ts";
import { TapedeckError } from "#lib/errors.ts";
import { freeName } from "../../_kept/free-name.ts";
import type { KeptChange } from "../../_kept/keepers.ts";

type Change = KeptChange<SavedDesk>;

/** Puts a desk at a place among the others, at the end where none is said; instead of the one with its id. Throws where there is no room. */
export const putDesk =
  (desk: SavedDesk, at = Infinity): Change =>
  (kept) => {
    if (desk.query.length > DESK_LIMITS.query)
      throw new TapedeckError("BAD_INPUT", "This desk is too large to be saved");
    const held = kept.findIndex(({ id }) => id === desk.id);
    const others = kept.filter(({ id }) => id !== desk.id);
    const named = { ...desk, name: freeName(others, desk.name) };
    if (held >= 0) return kept.with(held, named);
    if (kept.length >= DESK_LIMITS.desks)
      throw new TapedeckError("BAD_INPUT", `${DESK_LIMITS.desks} desks are the most; remove one first`);
    return kept.toSpliced(Math.min(at, kept.length), 0, named);
  };

export const removeDesk =
  (id: string): Change =>
  (kept) =>
    kept.filter((desk) => desk.id !== id);
