import { describe, expect, test } from "vitest";
import type { VersionedLists, WatchList } from "#lib/contracts/lists.ts";
import { BrowserLists, LISTS_KEY, parseLists, ServerLists, type TextStore } from "../../../app/_lib/list-keepers.ts";
import { addSymbols, createList } from "../../../app/_lib/lists.ts";

const list = (id: string): WatchList => ({ id, name: id, symbols: [], columns: null });

function memory(): TextStore & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
}

describe("lists of a browser", () => {
  test("are stored, and a change of another tab is built upon", async () => {
    const store = memory();
    const here = new BrowserLists(() => store);
    const there = new BrowserLists(() => store);
    expect(there.current()).toEqual([]);
    await here.change(createList(list("aaaaaaaa")));
    await there.change(createList(list("bbbbbbbb")));
    expect(there.current().map(({ id }) => id)).toEqual(["aaaaaaaa", "bbbbbbbb"]);
    here.reread();
    expect(here.current()).toEqual(there.current());
  });

  test("last as long as the page where nothing can be stored", async () => {
    const lists = new BrowserLists(() => {
      throw new Error("forbidden");
    });
    await lists.change(createList(list("aaaaaaaa")));
    await lists.change(createList(list("bbbbbbbb")));
    expect(lists.current()).toHaveLength(2);
  });

  test("one that is not understood is left out", () => {
    expect(parseLists(JSON.stringify([{ id: 1 }, list("aaaaaaaa"), null]))).toEqual([list("aaaaaaaa")]);
    expect(parseLists("{}")).toEqual([]);
    const store = memory();
    store.setItem(LISTS_KEY, "not json");
    expect(new BrowserLists(() => store).current()).toEqual([]);
  });
});

/** A server whose lists somebody else may change between a reading and a saving. */
function server(before: VersionedLists) {
  let stored = before;
  let saves = 0;
  const conflict = new Error("conflict");
  return {
    stored: () => stored,
    saves: () => saves,
    overtake: (lists: WatchList[]) => void (stored = { lists, version: `${stored.version}+` }),
    failWith: null as Error | null,
    read: () => Promise.resolve(stored),
    save(next: VersionedLists): Promise<VersionedLists> {
      saves++;
      if (this.failWith) return Promise.reject(this.failWith);
      if (next.version !== stored.version) return Promise.reject(conflict);
      stored = { lists: next.lists, version: `v${saves}` };
      return Promise.resolve(stored);
    },
    isConflict: (error: unknown) => error === conflict,
  };
}

describe("lists of the server", () => {
  test("a change shows at once and is sent after those before it", async () => {
    const remote = server({ lists: [], version: null });
    const lists = new ServerLists(remote);
    await lists.read();
    const done = [lists.change(createList(list("aaaaaaaa"))), lists.change(addSymbols("aaaaaaaa", ["SIM:A"]))];
    expect(lists.current()?.[0]?.symbols).toEqual(["SIM:A"]);
    await Promise.all(done);
    expect(remote.stored().lists[0]?.symbols).toEqual(["SIM:A"]);
  });

  test("a change that was overtaken is made again on the newer lists", async () => {
    const remote = server({ lists: [], version: null });
    const lists = new ServerLists(remote);
    await lists.read();
    remote.overtake([list("bbbbbbbb")]);
    await lists.change(createList(list("aaaaaaaa")));
    expect(remote.stored().lists.map(({ id }) => id)).toEqual(["bbbbbbbb", "aaaaaaaa"]);
    expect(lists.current()).toEqual(remote.stored().lists);
    expect(remote.saves()).toBe(2);
  });

  test("one that fails is taken back alone", async () => {
    const remote = server({ lists: [list("bbbbbbbb")], version: "v" });
    const lists = new ServerLists(remote);
    await lists.read();
    remote.failWith = new Error("down");
    await expect(lists.change(createList(list("aaaaaaaa")))).rejects.toThrow("down");
    expect(lists.current()?.map(({ id }) => id)).toEqual(["bbbbbbbb"]);
    remote.failWith = null;
    await lists.change(createList(list("cccccccc")));
    expect(lists.current()?.map(({ id }) => id)).toEqual(["bbbbbbbb", "cccccccc"]);
  });

  test("conflicts without end are given up", async () => {
    const remote = server({ lists: [], version: null });
    const lists = new ServerLists({
      ...remote,
      save: () => Promise.reject(new Error("never")),
      isConflict: () => true,
    });
    await lists.read();
    await expect(lists.change(createList(list("aaaaaaaa")))).rejects.toThrow("never");
    expect(lists.current()).toEqual([]);
  });
});
