import { describe, expect, test } from "vitest";
import { DESK_LIMITS, type SavedDesk, savedDeskSchema } from "#lib/contracts/desks.ts";
import { putDesk, removeDesk } from "../../../app/_desk/_layout/saved-desks.ts";
import { formatDeskLink } from "../../../app/_desk/_layout/desk-link.ts";
import { arranged, firstDesk, PRESETS } from "../../../app/_desk/_layout/presets.ts";

const saved = (id: string, query = "?grid=1"): SavedDesk => ({ id: id.padEnd(8, "x"), name: id, query });
const names = (kept: readonly SavedDesk[]): string[] => kept.map(({ name }) => name);

describe("desks that are kept", () => {
  test("stand in the order in which they were saved, and one is saved over itself", () => {
    const kept = putDesk(saved("b"))(putDesk(saved("a"))([]));
    expect(names(kept)).toEqual(["a", "b"]);
    expect(putDesk(saved("a", "?grid=2"))(kept)).toEqual([saved("a", "?grid=2"), saved("b")]);
  });

  test("have names of their own", () => {
    const kept = putDesk({ ...saved("b"), name: "a" })([saved("a")]);
    expect(names(kept)).toEqual(["a", "a 2"]);
    expect(names(putDesk(saved("a", "?grid=2"))(kept))).toEqual(["a", "a 2"]);
  });

  test("come back where they were", () => {
    const kept = [saved("a"), saved("b"), saved("c")];
    const less = removeDesk(saved("b").id)(kept);
    expect(names(less)).toEqual(["a", "c"]);
    expect(putDesk(saved("b"), 1)(less)).toEqual(kept);
  });

  test("are refused beyond the limits", () => {
    const full = Array.from({ length: DESK_LIMITS.desks }, (_, n) => saved(`d${n}`));
    expect(() => putDesk(saved("more"))(full)).toThrow("remove one first");
    expect(putDesk(saved("d7", "?grid=2"))(full)).toHaveLength(DESK_LIMITS.desks);
    expect(() => putDesk(saved("a", `?${"x".repeat(DESK_LIMITS.query)}`))([])).toThrow("too large");
  });

  test.each(PRESETS)("may be as the preset $name", (preset) => {
    const query = formatDeskLink({
      desk: arranged(firstDesk("SIM:AAPL"), preset),
      alone: null,
      saved: null,
      zone: null,
    });
    expect(savedDeskSchema.safeParse(saved("a", query)).success).toBe(true);
  });
});
