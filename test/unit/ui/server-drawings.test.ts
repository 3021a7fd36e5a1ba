import { array, assert, asyncProperty, boolean, constantFrom, nat, record } from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MOST_DRAWINGS } from "#lib/contracts/drawings.ts";
import { SEND_AFTER } from "../../../app/_chart/_drawings/server-drawings.ts";
import { type Device, device as deviceOf, DrawingServer, line, Pocket, usedBrowser } from "./drawing-devices.ts";

let server: DrawingServer;
beforeEach(() => {
  vi.useFakeTimers();
  server = new DrawingServer();
});
afterEach(() => void vi.useRealTimers());

const device = (pocket?: Pocket, storage?: ReturnType<typeof usedBrowser>): Promise<Device> =>
  deviceOf(server, pocket, storage);
const ids = ({ store }: Device): string[] => store.state().drawings.map(({ id }) => id);
const kept = (): string[] => server.kept.map(({ id }) => id);
const pass = (length = SEND_AFTER): Promise<unknown> => vi.advanceTimersByTimeAsync(length);

describe("drawings of who is signed in", () => {
  test("show at once, and are sent together a moment after the last change", async () => {
    const one = await device();
    one.store.add(line("a"));
    await pass(SEND_AFTER / 2);
    one.store.add(line("b"));
    one.store.replace(line("a", 7));
    await pass(SEND_AFTER - 1);
    expect([ids(one), kept(), one.store.state().standing]).toEqual([["a", "b"], [], "unsent"]);
    await pass(1);
    expect([server.kept, server.saves]).toEqual([[line("a", 7), line("b")], 1]);
    expect(one.store.state().standing).toBe("saved");
  });

  test("are there on another device, and undo and redo reach it", async () => {
    const one = await device();
    one.store.add(line("a"));
    one.store.add(line("b"));
    await pass();
    const two = await device();
    expect(ids(two)).toEqual(["a", "b"]);
    one.store.remove(["a"]);
    await pass();
    one.store.undo();
    await pass();
    await two.drawings.read();
    expect(ids(two)).toEqual(["a", "b"]);
    one.store.undo();
    one.store.undo();
    one.store.redo();
    await pass();
    await two.drawings.read();
    expect([ids(two), one.store.state().canRedo]).toEqual([["a"], true]);
  });

  test("are merged drawing by drawing where another device was faster", async () => {
    const one = await device();
    for (const id of ["a", "b", "c"]) one.store.add(line(id));
    await pass();
    const two = await device();
    two.store.replace(line("a", 2));
    two.store.add(line("d"));
    two.store.remove(["c"]);
    one.store.replace(line("b", 1));
    one.store.add(line("e"));
    await pass();
    await pass();
    expect(server.kept.toSorted((x, y) => (x.id < y.id ? -1 : 1))).toEqual([
      line("a", 2),
      line("b", 1),
      line("d"),
      line("e"),
    ]);
  });
});

describe("drawings that two devices change", () => {
  test("stay as saved last; one that was removed is not brought back by a change", async () => {
    const one = await device();
    for (const id of ["a", "b"]) one.store.add(line(id));
    await pass();
    const two = await device();
    two.store.replace(line("a", 2));
    two.store.remove(["b"]);
    one.store.replace(line("a", 1));
    one.store.replace(line("b", 1));
    await one.drawings.flush();
    await two.drawings.flush();
    await one.drawings.read();
    expect(one.store.state().drawings).toEqual([line("a", 2)]);
    one.store.replace(line("a", 3));
    await two.drawings.read();
    two.store.remove(["a"]);
    await two.drawings.flush();
    await one.drawings.flush();
    expect(kept()).toEqual([]);
  });

  test("that were changed while they were being sent are not brought back where another device removed them", async () => {
    const one = await device();
    server.behind = () => {
      server.behind = null;
      server.kept = [];
      server.version += 1;
    };
    one.store.add(line("a"));
    const sending = one.drawings.flush();
    one.store.replace(line("a", 5));
    await sending;
    expect([kept(), ids(one), server.saves]).toEqual([[], [], 2]);
  });

  test("are not taken back by an answer that was asked for before they were saved", async () => {
    const one = await device();
    const late = Promise.withResolvers<{ kept: []; version: string }>();
    vi.spyOn(server, "read").mockImplementationOnce(() => late.promise);
    const reading = one.drawings.read();
    one.store.add(line("a"));
    await one.drawings.flush();
    late.resolve({ kept: [], version: "0" });
    await reading;
    expect(ids(one)).toEqual(["a"]);
  });

  test("beyond the most are left out, saying so, where two devices filled the room", async () => {
    const one = await device();
    const two = await device();
    for (let n = 0; n < MOST_DRAWINGS - 1; n += 1) two.store.add(line(`t${n}`));
    await pass();
    one.store.add(line("a"));
    one.store.add(line("b"));
    await pass();
    expect(server.kept).toHaveLength(MOST_DRAWINGS);
    expect([kept().includes("a"), kept().includes("b"), one.said]).toEqual([true, false, ["full"]]);
  });
});

describe("while the server does not answer", () => {
  test("changes stay, wait in the browser, and are sent when it answers", async () => {
    const one = await device();
    one.store.add(line("a"));
    await pass();
    server.fault = "later";
    one.store.replace(line("a", 9));
    one.store.add(line("b"));
    await pass();
    expect([one.store.state().standing, ids(one)]).toEqual(["later", ["a", "b"]]);
    server.fault = null;
    await pass(2_000);
    expect([server.kept, one.store.state().standing, one.pocket.text]).toEqual([
      [line("a", 9), line("b")],
      "saved",
      null,
    ]);
  });

  test("what waited when the page went is sent by the next one", async () => {
    const one = await device();
    server.fault = "later";
    one.store.add(line("a"));
    one.drawings.leave();
    await pass(0);
    server.fault = null;
    const two = await device(one.pocket);
    expect([ids(two), kept(), one.pocket.text]).toEqual([["a"], ["a"], null]);
  });

  test("what cannot be read of what waited is nothing", async () => {
    const pocket = new Pocket();
    pocket.text = '[{"id":"a"}';
    const one = await device(pocket);
    expect([ids(one), server.saves]).toEqual([[], 0]);
  });

  test("it is asked with growing pauses", async () => {
    const one = await device();
    server.fault = "later";
    const read = vi.spyOn(server, "save");
    one.store.add(line("a"));
    await pass(SEND_AFTER + 5 * 60_000);
    expect(read.mock.calls.length).toBeGreaterThan(5);
    expect(read.mock.calls.length).toBeLessThan(15);
  });
});

describe("a server that takes nothing", () => {
  test("because the session is over says so, and what is unsent waits", async () => {
    const one = await device();
    server.fault = "signed out";
    one.store.add(line("a"));
    await pass();
    expect(one.said).toEqual(["signed out"]);
    expect(one.pocket.text).toContain('"id":"a"');
  });

  test("because it refuses it is asked again with the next change", async () => {
    const one = await device();
    server.fault = "refused";
    one.store.add(line("a"));
    await pass(10 * 60_000);
    expect(one.store.state().standing).toBe("refused");
    server.fault = null;
    one.store.add(line("b"));
    await pass();
    expect(kept()).toEqual(["a", "b"]);
  });
});

describe("signing in and out", () => {
  test("shows the one's drawings, then the browser's own again, and what was done to the others is not undone", async () => {
    server.kept = [line("a")];
    const one = await device(new Pocket(), usedBrowser());
    one.store.add(line("b"));
    expect([ids(one), one.store.state().inBrowser]).toEqual([["a", "b"], 2]);
    one.store.keepAt(null);
    expect([ids(one), one.store.state().canUndo, one.store.state().standing]).toEqual([["x", "y"], false, null]);
    expect(one.pocket.text).toContain('"id":"b"');
  });

  test("moves what the browser has when that is wanted, and it goes from here once it is there", async () => {
    const memory = usedBrowser();
    const one = await device(new Pocket(), memory);
    server.fault = "later";
    expect(await one.store.moveToServer()).toBe(0);
    expect(one.store.state().inBrowser).toBe(2);
    server.fault = null;
    await pass(2_000);
    expect(await one.store.moveToServer()).toBe(2);
    expect([kept(), one.store.state().inBrowser]).toEqual([["x", "y"], 0]);
    one.store.keepAt(null);
    expect(ids(one)).toEqual([]);
  });

  test("hidden and locked are of the browser, whoever is signed in", async () => {
    const one = await device(new Pocket(), usedBrowser());
    one.store.set({ locked: true });
    one.store.keepAt(null);
    expect(one.store.state().locked).toBe(true);
  });
});

describe("whatever two devices do", () => {
  const act = record({
    device: constantFrom(0, 1),
    id: constantFrom("a", "b", "c", "d"),
    what: constantFrom("add", "move", "remove", "undo", "send", "read", "offline", "online"),
    price: nat(50),
  });

  test("both show the same in the end, what the server has, and every drawing once, also two tabs of one browser", async () => {
    await assert(
      asyncProperty(boolean(), array(act, { maxLength: 40 }), async (isOneBrowser, acts) => {
        server = new DrawingServer();
        const pocket = new Pocket();
        const devices = [await device(pocket), await device(isOneBrowser ? pocket : new Pocket())];
        for (const [index, { device: which, id, what, price }] of acts.entries()) {
          const one = devices[which];
          if (!one) continue;
          if (what === "add") one.store.add(line(`${id}${which}${index}`, price));
          const there = one.store.state().drawings.find((drawing) => drawing.id.startsWith(id));
          if (what === "move" && there) one.store.replace(line(there.id, price));
          if (what === "remove" && there) one.store.remove([there.id]);
          if (what === "undo") one.store.undo();
          if (what === "send") await one.drawings.flush();
          if (what === "read") await one.drawings.read();
          if (what === "offline") server.fault = "later";
          if (what === "online") server.fault = null;
        }
        server.fault = null;
        await pass(200_000);
        for (const { drawings } of devices) await drawings.read();
        for (const one of devices) expect(one.store.state().drawings).toEqual(server.kept);
        expect(new Set(kept()).size).toBe(kept().length);
        expect(devices.map((one) => one.pocket.text)).toEqual([null, null]);
      }),
      { numRuns: 150 },
    );
  });
});
