import { describe, expect, test } from "vitest";
import type { Drawing } from "#lib/contracts/drawings.ts";
import { USUAL_STYLE } from "../../../app/_chart/_drawings/drawing.ts";
import { DrawingStore } from "../../../app/_chart/_drawings/drawing-store.ts";
import { DrawingSession, shownDrawings } from "../../../app/_chart/_drawings/session.ts";

const a = { time: 1_000_000, price: 100 };
const b = { time: 2_000_000, price: 101 };

const line = (id: string, price = 100): Drawing => ({
  ...USUAL_STYLE,
  id,
  kind: "horizontal",
  points: [{ time: 1_000_000, price }],
  extend: "none",
  text: "",
});

function begin(): DrawingSession {
  let next = 0;
  const store = new DrawingStore("SIM:AAPL", null, () => undefined);
  return new DrawingSession(store, () => `id${next++}`);
}

const ids = (store: DrawingStore): string[] => store.state().drawings.map(({ id }) => id);

describe("making a drawing", () => {
  test("a line is placed point by point and selected then", () => {
    const session = begin();
    session.choose("trend");
    session.aim(a);
    session.place(a);
    session.aim(b);
    expect(session.doing()).toMatchObject({ placed: 1, draft: { points: [a, b] } });
    session.place(b);
    expect(session.doing()).toMatchObject({ tool: null, draft: null, selected: "id0" });
    expect(session.store.state().drawings).toMatchObject([{ kind: "trend", points: [a, b] }]);
  });

  test("two points in one place make no line", () => {
    const session = begin();
    session.choose("trend");
    session.place(a);
    session.place(a);
    expect([session.doing().tool, ids(session.store)]).toEqual(["trend", []]);
  });

  test("a measure is kept only when somebody keeps it", () => {
    const session = begin();
    session.choose("measure");
    session.place(a);
    session.place(b);
    expect([session.selected()?.kind, ids(session.store)]).toEqual(["measure", []]);
    session.keep();
    expect([ids(session.store), session.doing().measure, session.doing().selected]).toEqual([["id0"], null, "id0"]);
    session.choose("measure");
    session.place(a);
    session.place(b);
    expect(session.cancel()).toBe(true);
    expect(ids(session.store)).toEqual(["id0"]);
  });

  test("a note without text is none, and one that is emptied is removed", () => {
    const session = begin();
    const place = (text: string): void => {
      session.choose("note");
      session.place(a);
      session.written(text);
    };
    place("  ");
    place(" buy the dip ");
    expect(session.store.state().drawings).toMatchObject([{ kind: "note", text: "buy the dip" }]);
    const note = session.selected();
    if (note) session.write(note);
    session.written("");
    expect(ids(session.store)).toEqual([]);
    session.store.undo();
    expect(ids(session.store)).toEqual(["id1"]);
  });
});

describe("changing one", () => {
  test("a drag shows elsewhere at once and is one act", () => {
    const session = begin();
    session.store.add(line("x"));
    session.select("x");
    session.drag(line("x", 105));
    session.drag(line("x", 106));
    expect(shownDrawings(session.store.state(), session.doing())).toEqual([line("x", 106)]);
    expect(session.store.state().drawings).toEqual([line("x")]);
    session.drop();
    expect(session.store.state().drawings).toEqual([line("x", 106)]);
    session.store.undo();
    expect(session.store.state().drawings).toEqual([line("x")]);
  });

  test("keys move one point after the other, and the whole again", () => {
    const session = begin();
    session.choose("trend");
    session.place(a);
    session.place(b);
    const handles = [0, 1, 2, 3].map(() => {
      const { handle } = session.doing();
      session.nextHandle();
      return handle;
    });
    expect(handles).toEqual([null, 0, 1, null]);
  });

  test("a look that was chosen is that of the next one, too", () => {
    const session = begin();
    session.choose("horizontal");
    session.place(a);
    session.restyle({ color: "rose", dash: "dashed" });
    session.choose("horizontal");
    session.place(b);
    expect(session.store.state().drawings).toMatchObject([
      { color: "rose", dash: "dashed" },
      { color: "rose", dash: "dashed" },
    ]);
  });

  test("Escape ends the innermost first, and says when there is nothing to end", () => {
    const session = begin();
    session.store.add(line("x"));
    session.select("x");
    session.drag(line("x", 1));
    expect([session.cancel(), session.doing().dragged, session.doing().selected]).toEqual([true, null, "x"]);
    expect([session.cancel(), session.doing().selected, session.cancel()]).toEqual([true, null, false]);
  });

  test("a tool shows again what was hidden", () => {
    const session = begin();
    session.store.add(line("x"));
    session.store.set({ hidden: true });
    expect(shownDrawings(session.store.state(), session.doing())).toEqual([]);
    session.choose("trend");
    expect(shownDrawings(session.store.state(), session.doing())).toEqual([line("x")]);
  });
});
