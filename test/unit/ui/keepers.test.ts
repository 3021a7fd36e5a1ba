import { describe, expect, test } from "vitest";
import type { Versioned } from "#lib/contracts/kept.ts";
import { type WatchList, watchListSchema } from "#lib/contracts/lists.ts";
import { BrowserKeeper, parseKept, ServerKeeper, type TextStore } from "../../../app/_kept/keepers.ts";
import { KeptKind } from "../../../app/_kept/use-kept.ts";
import { createClient } from "../../../app/_live/trpc.tsx";
import { addSymbols, createList } from "../../../app/_lib/lists.ts";

const list = (id: string): WatchList => ({ id, name: id, symbols: [], columns: null });

const KEY = "lists";
const inBrowser = (store: () => TextStore) => new BrowserKeeper({ key: KEY, schema: watchListSchema, store });

function memory(): TextStore & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
}

describe("lists of a browser", () => {
  test("are stored, and a change of another tab is built upon", async () => {
    const store = memory();
    const here = inBrowser(() => store);
    const there = inBrowser(() => store);
    expect(there.current()).toEqual([]);
    await here.change(createList(list("aaaaaaaa")));
    await there.change(createList(list("bbbbbbbb")));
    expect(there.current().map(({ id }) => id)).toEqual(["aaaaaaaa", "bbbbbbbb"]);
    here.reread();
    expect(here.current()).toEqual(there.current());
  });

  test("last as long as the page where nothing can be stored", async () => {
    const lists = inBrowser(() => {
      throw new Error("forbidden");
    });
    await lists.change(createList(list("aaaaaaaa")));
    await lists.change(createList(list("bbbbbbbb")));
    expect(lists.current()).toHaveLength(2);
  });

  test("last as long as the page where there is no more room", async () => {
    const store = memory();
    const lists = inBrowser(() => ({
      ...store,
      setItem: () => {
        throw new Error("full");
      },
    }));
    await lists.change(createList(list("aaaaaaaa")));
    await lists.change(createList(list("bbbbbbbb")));
    expect(lists.current()).toHaveLength(2);
  });

  test("what could not be read again is refused, and nothing changes", async () => {
    const store = memory();
    const lists = inBrowser(() => store);
    await lists.change(createList(list("aaaaaaaa")));
    await expect(lists.change((kept) => [...kept, { ...list("bbbbbbbb"), name: "" }])).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    expect(inBrowser(() => store).current()).toEqual([list("aaaaaaaa")]);
  });

  test("one that is not understood is left out", () => {
    expect(parseKept(JSON.stringify([{ id: 1 }, list("aaaaaaaa"), null]), watchListSchema)).toEqual([list("aaaaaaaa")]);
    expect(parseKept("{}", watchListSchema)).toEqual([]);
    const store = memory();
    store.setItem(KEY, "not json");
    expect(inBrowser(() => store).current()).toEqual([]);
  });
});

/** A server whose lists somebody else may change between a reading and a saving. */
function server(before: Versioned<WatchList>) {
  let stored = before;
  let saves = 0;
  const conflict = new Error("conflict");
  return {
    stored: () => stored,
    saves: () => saves,
    overtake: (kept: WatchList[]) => void (stored = { kept, version: `${stored.version}+` }),
    failWith: null as Error | null,
    read: () => Promise.resolve(stored),
    save(next: Versioned<WatchList>): Promise<Versioned<WatchList>> {
      saves++;
      if (this.failWith) return Promise.reject(this.failWith);
      if (next.version !== stored.version) return Promise.reject(conflict);
      stored = { kept: next.kept, version: `v${saves}` };
      return Promise.resolve(stored);
    },
    isConflict: (error: unknown) => error === conflict,
  };
}

describe("lists of the server", () => {
  test("a change shows at once and is sent after those before it", async () => {
    const remote = server({ kept: [], version: null });
    const lists = new ServerKeeper(remote);
    await lists.read();
    const done = [lists.change(createList(list("aaaaaaaa"))), lists.change(addSymbols("aaaaaaaa", ["SIM:A"]))];
    expect(lists.current()?.[0]?.symbols).toEqual(["SIM:A"]);
    await Promise.all(done);
    expect(remote.stored().kept[0]?.symbols).toEqual(["SIM:A"]);
  });

  test("a change that was overtaken is made again on the newer lists", async () => {
    const remote = server({ kept: [], version: null });
    const lists = new ServerKeeper(remote);
    await lists.read();
    remote.overtake([list("bbbbbbbb")]);
    await lists.change(createList(list("aaaaaaaa")));
    expect(remote.stored().kept.map(({ id }) => id)).toEqual(["bbbbbbbb", "aaaaaaaa"]);
    expect(lists.current()).toEqual(remote.stored().kept);
    expect(remote.saves()).toBe(2);
  });

  test("one that fails is taken back alone", async () => {
    const remote = server({ kept: [list("bbbbbbbb")], version: "v" });
    const lists = new ServerKeeper(remote);
    await lists.read();
    remote.failWith = new Error("down");
    await expect(lists.change(createList(list("aaaaaaaa")))).rejects.toThrow("down");
    expect(lists.current()?.map(({ id }) => id)).toEqual(["bbbbbbbb"]);
    remote.failWith = null;
    await lists.change(createList(list("cccccccc")));
    expect(lists.current()?.map(({ id }) => id)).toEqual(["bbbbbbbb", "cccccccc"]);
  });

  test("conflicts without end are given up", async () => {
    const remote = server({ kept: [], version: null });
    const lists = new ServerKeeper({
      ...remote,
      save: () => Promise.reject(new Error("never")),
      isConflict: () => true,
    });
    await lists.read();
    await expect(lists.change(createList(list("aaaaaaaa")))).rejects.toThrow("never");
    expect(lists.current()).toEqual([]);
  });
});

describe("lists of a server that answers late, or not", () => {
  test("an answer that was asked for before a saving does not undo it", async () => {
    const remote = server({ kept: [], version: null });
    const lists = new ServerKeeper(remote);
    await lists.read();
    const old = Promise.withResolvers<Versioned<WatchList>>();
    const { read } = remote;
    remote.read = () => old.promise;
    const reading = lists.read();
    remote.read = read;
    await lists.change(createList(list("aaaaaaaa")));
    old.resolve({ kept: [], version: null });
    await reading;
    expect(lists.current()?.map(({ id }) => id)).toEqual(["aaaaaaaa"]);
  });

  test("a change whose newer lists could not be read is taken back", async () => {
    const remote = server({ kept: [], version: null });
    const lists = new ServerKeeper(remote);
    await lists.read();
    remote.overtake([list("cccccccc")]);
    remote.read = () => Promise.reject(new Error("away"));
    await expect(lists.change(createList(list("aaaaaaaa")))).rejects.toThrow("away");
    expect(lists.current()).toEqual([]);
  });
});

test("who signs in after another begins with nothing of theirs", async () => {
  const stored = new Map([
    ["ann", [list("aaaaaaaa")]],
    ["bob", [list("bbbbbbbb")]],
  ]);
  let name = "ann";
  const kind = new KeptKind(inBrowser(memory), () => server({ kept: stored.get(name) ?? [], version: null }));
  const client = createClient();
  const ofAnn = kind.server(client, name);
  await ofAnn.read();
  expect(kind.server(client, name)).toBe(ofAnn);
  name = "bob";
  const ofBob = kind.server(client, name);
  expect(ofBob.current()).toBeNull();
  await ofBob.read();
  expect(ofBob.current()).toEqual([list("bbbbbbbb")]);
});
