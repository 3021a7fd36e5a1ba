import { describe, expect, test } from "vitest";
import { type Drawing, MOST_DRAWINGS } from "#lib/contracts/drawings.ts";
import { USUAL_STYLE } from "../../../app/_chart/_drawings/drawing.ts";
import { DrawingStore, storedKey, type TextStorage } from "../../../app/_chart/_drawings/drawing-store.ts";
import { CHANGES_KEPT } from "../../../app/_chart/_drawings/history.ts";
import { formatStored, NOTHING_STORED, parseStored } from "../../../app/_chart/_drawings/stored.ts";

const SYMBOL = "SIM:AAPL";
const KEY = storedKey(SYMBOL);

class Memory implements TextStorage {
  readonly held = new Map<string, string>();
  isFull = false;
  getItem = (key: string): string | null => this.held.get(key) ?? null;
  removeItem = (key: string): void => void this.held.delete(key);
  setItem = (key: string, text: string): void => {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.held.set(key, text);
  };
}

const line = (id: string, price = 100): Drawing => ({
  ...USUAL_STYLE,
  id,
  kind: "horizontal",
  points: [{ time: 1_000_000, price }],
  extend: "none",
  text: "",
});

function storeIn(memory: TextStorage | null, said: string[] = []): DrawingStore {
  return new DrawingStore(SYMBOL, memory, (words) => said.push(words));
}

const ids = (store: DrawingStore): string[] => store.state().drawings.map(({ id }) => id);

describe("what is stored", () => {
  test("is read back as it was", () => {
    const stored = { ...NOTHING_STORED, drawings: [line("a"), line("b", -3.5)], locked: true };
    expect(parseStored(formatStored(stored))).toEqual(stored);
  });

  test("what is not understood is kept beside what is, and read when it can be", () => {
    const later = { ...line("c"), kind: "pitchfork" };
    const twice = line("a", 7);
    const text = JSON.stringify({
      version: 1,
      drawings: [line("a"), later, twice],
      hidden: false,
      locked: false,
      unread: [line("d")],
    });
    const stored = parseStored(text);
    expect(stored?.drawings).toEqual([line("a"), line("d")]);
    expect(stored?.unread).toEqual([later, twice]);
    expect(stored && parseStored(formatStored(stored))).toEqual(stored);
  });

  test.each([
    ["a time that is no whole number", { points: [{ time: 1.5, price: 1 }] }],
    ["a price that is none", { points: [{ time: 1, price: null }] }],
    ["too many points", { points: [line("a").points[0], line("a").points[0]] }],
    ["a text that is too long", { text: "x".repeat(501) }],
    ["a colour that there is not", { color: "up" }],
  ])("refuses %s", (_, wrong) => {
    const text = JSON.stringify({
      version: 1,
      drawings: [{ ...line("a"), ...wrong }],
      hidden: false,
      locked: false,
      unread: [],
    });
    expect(parseStored(text)).toMatchObject({ drawings: [], unread: [expect.anything()] });
  });

  test("of more than there is room for the rest is kept unread", () => {
    const drawings = Array.from({ length: MOST_DRAWINGS + 3 }, (_, i) => line(String(i)));
    const stored = parseStored(formatStored({ ...NOTHING_STORED, drawings }));
    expect([stored?.drawings.length, stored?.unread.length]).toEqual([MOST_DRAWINGS, 3]);
  });

  test("is nothing where it is no document", () => {
    for (const text of ["", "{", "[]", '{"version":2,"drawings":[]}', "x".repeat(1_000_001)]) {
      expect(parseStored(text)).toBeNull();
    }
  });
});

describe("a symbol's store", () => {
  test("keeps each change at once, and another page finds it", () => {
    const memory = new Memory();
    const store = storeIn(memory);
    store.add(line("a"));
    store.add(line("b"));
    store.replace(line("a", 101));
    store.remove(["b"]);
    expect(storeIn(memory).state().drawings).toEqual([line("a", 101)]);
  });

  test("undoes and does again, to the order in which they lie", () => {
    const store = storeIn(new Memory());
    for (const id of ["a", "b", "c"]) store.add(line(id));
    store.remove(["a", "c"]);
    expect(ids(store)).toEqual(["b"]);
    store.undo();
    expect(ids(store)).toEqual(["a", "b", "c"]);
    store.redo();
    expect(ids(store)).toEqual(["b"]);
    store.undo();
    store.undo();
    expect([ids(store), store.state().canRedo]).toEqual([["a", "b"], true]);
    store.add(line("d"));
    expect(store.state().canRedo).toBe(false);
  });

  test("brings back what was removed, whatever was drawn since", () => {
    const store = storeIn(new Memory());
    for (const id of ["a", "b"]) store.add(line(id));
    const putBack = store.remove(["a"]);
    store.add(line("c"));
    putBack?.();
    expect(ids(store)).toEqual(["a", "b", "c"]);
  });

  test("undoes nothing while the drawings are locked", () => {
    const said: string[] = [];
    const store = storeIn(new Memory(), said);
    store.add(line("a"));
    store.set({ locked: true });
    store.undo();
    expect([ids(store), said.length]).toEqual([["a"], 1]);
  });

  test("changes with one key are undone together", () => {
    const store = storeIn(new Memory());
    store.add(line("a"));
    for (const price of [101, 102, 103]) store.replace(line("a", price), "nudge a");
    store.undo();
    expect(store.state().drawings).toEqual([line("a")]);
    store.redo();
    expect(store.state().drawings).toEqual([line("a", 103)]);
  });

  test("remembers so many acts and forgets the oldest", () => {
    const store = storeIn(new Memory());
    for (let i = 0; i < CHANGES_KEPT + 10; i++) store.add(line(String(i)));
    for (let i = 0; i < CHANGES_KEPT + 10; i++) store.undo();
    expect([ids(store).length, store.state().canUndo]).toEqual([10, false]);
  });
});

describe("a store that is not alone, or not well", () => {
  test("takes what another tab writes, and loses nothing of it by its own changes", () => {
    const memory = new Memory();
    const [here, there] = [storeIn(memory), storeIn(memory)];
    here.add(line("a"));
    // Nobody has told this one yet.
    there.add(line("b"));
    here.reread();
    expect(ids(here)).toEqual(["a", "b"]);
  });

  test("undoes nothing that another tab has changed since", () => {
    const memory = new Memory();
    const [here, there] = [storeIn(memory), storeIn(memory)];
    here.add(line("a"));
    here.replace(line("a", 101));
    there.reread();
    there.replace(line("a", 150));
    here.undo();
    expect(here.state().drawings).toEqual([line("a", 150)]);
  });
});

describe("a store that is full, locked or unreadable", () => {
  test("says when there is no room for another", () => {
    const said: string[] = [];
    const store = storeIn(new Memory(), said);
    for (let i = 0; i < MOST_DRAWINGS; i++) store.add(line(String(i)));
    expect([store.add(line("more")), ids(store).length, said]).toEqual([
      false,
      MOST_DRAWINGS,
      [expect.stringContaining("200")],
    ]);
  });

  test("changes nothing that is locked, and says so", () => {
    const said: string[] = [];
    const store = storeIn(new Memory(), said);
    store.add(line("a"));
    store.set({ locked: true });
    store.replace(line("a", 1));
    store.remove(["a"]);
    expect([store.state().drawings, said.length]).toEqual([[line("a")], 2]);
  });

  test("sets aside what it cannot read, says so, and goes on", () => {
    const memory = new Memory();
    memory.setItem(KEY, "{broken");
    const said: string[] = [];
    const store = storeIn(memory, said);
    store.add(line("a"));
    expect([store.aside(), said.length]).toEqual(["{broken", 1]);
    expect(ids(storeIn(memory))).toEqual(["a"]);
  });

  test("writes over nothing where something lies aside already", () => {
    const memory = new Memory();
    memory.setItem(KEY, "{first");
    storeIn(memory);
    memory.setItem(KEY, "{second");
    const said: string[] = [];
    const store = storeIn(memory, said);
    store.add(line("a"));
    expect([ids(store), memory.getItem(KEY), store.aside(), said.length]).toEqual([["a"], "{second", "{first", 1]);
  });

  test("goes on without a storage, and says once that one is full", () => {
    const memory = new Memory();
    memory.isFull = true;
    const said: string[] = [];
    const store = storeIn(memory, said);
    store.add(line("a"));
    store.add(line("b"));
    expect([ids(store), said.length]).toEqual([["a", "b"], 1]);
    const nowhere = storeIn(null);
    nowhere.add(line("a"));
    expect(ids(nowhere)).toEqual(["a"]);
  });
});
