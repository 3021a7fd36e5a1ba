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
const wish = (id: string, after: object) => ({ id, after, isNew: true, at: 0 });
const pass = (length = SEND_AFTER): Promise<unknown> => vi.advanceTimersByTimeAsync(length);

describe("after another person signed in, drawings of the one before", () => {
  test("are neither asked for nor sent, and wait in the browser", async () => {
    const one = await device();
    one.store.add(line("a"));
    const read = vi.spyOn(server, "read");
    one.drawings.end();
    one.drawings.leave();
    await one.drawings.read();
    expect(await one.drawings.flush()).toBe(false);
    await pass(10 * 60_000);
    expect([read.mock.calls.length, server.saves]).toEqual([0, 0]);
    expect(one.pocket.text).toContain('"id":"a"');
  });

  test("say nothing of an answer that comes late", async () => {
    const one = await device();
    one.store.add(line("a"));
    server.fault = "signed out";
    const sending = one.drawings.flush();
    const reading = one.drawings.read();
    one.drawings.end();
    await Promise.all([sending, reading]);
    await pass(10 * 60_000);
    expect(one.said).toEqual([]);
    expect(one.pocket.text).toContain('"id":"a"');
  });

  test("are not sent where only the reading before it was under way", async () => {
    const one = await device();
    server.version += 1;
    one.store.add(line("a"));
    const late = Promise.withResolvers<{ kept: []; version: string }>();
    vi.spyOn(server, "read").mockImplementationOnce(() => late.promise);
    const sending = one.drawings.flush();
    await pass(0);
    one.drawings.end();
    late.resolve({ kept: [], version: "1" });
    await sending;
    expect(server.saves).toBe(0);
  });

  test("no longer wait where the server took them after all", async () => {
    const one = await device();
    one.store.add(line("a"));
    const sending = one.drawings.flush();
    one.drawings.end();
    await sending;
    expect([kept(), one.pocket.text]).toEqual([["a"], null]);
  });
});

describe("what the browser has, moved to the server", () => {
  test("stays here where the server had no room", async () => {
    server.kept = Array.from({ length: MOST_DRAWINGS - 1 }, (_, n) => line(`t${n}`));
    const one = await device(new Pocket(), usedBrowser());
    expect(await one.store.moveToServer()).toBe(1);
    expect([kept().includes("x"), kept().includes("y"), one.store.state().inBrowser]).toEqual([true, false, 1]);
  });

  test("stays here where another device filled the room meanwhile", async () => {
    const one = await device(new Pocket(), usedBrowser());
    server.kept = Array.from({ length: MOST_DRAWINGS }, (_, n) => line(`t${n}`));
    server.version += 1;
    expect(await one.store.moveToServer()).toBe(0);
    one.store.keepAt(null);
    expect(ids(one)).toEqual(["x", "y"]);
  });

  test("waits for the first answer", async () => {
    server.fault = "later";
    const one = await device(new Pocket(), usedBrowser());
    server.fault = null;
    server.kept = Array.from({ length: MOST_DRAWINGS }, (_, n) => line(`t${n}`));
    expect(await one.store.moveToServer()).toBe(0);
    expect([one.store.state().inBrowser, server.saves]).toEqual([2, 0]);
    expect(one.said).toEqual([expect.stringContaining("are the most")]);
  });
});

describe("two tabs of a browser", () => {
  test("wait beside each other", async () => {
    const pocket = new Pocket();
    const tabs = [await device(pocket), await device(pocket)] as const;
    server.fault = "later";
    tabs[0].store.add(line("a"));
    tabs[1].store.add(line("b"));
    await pass();
    for (const { drawings } of tabs) drawings.end();
    server.fault = null;
    await device(pocket);
    expect(kept().toSorted()).toEqual(["a", "b"]);
  });

  test("take from what waits only what is their own", async () => {
    const pocket = new Pocket();
    const tabs = [await device(pocket), await device(pocket)] as const;
    server.fault = "later";
    tabs[0].store.add(line("a"));
    tabs[1].store.add(line("b"));
    await pass();
    server.fault = null;
    await tabs[0].drawings.flush();
    expect(pocket.text).not.toContain('"id":"a"');
    expect(pocket.text).toContain('"id":"b"');
  });

  test("forget nothing where the browser keeps nothing", async () => {
    const pocket = new Pocket();
    pocket.write = () => undefined;
    const one = await device(pocket);
    server.fault = "later";
    one.store.add(line("a"));
    await pass();
    server.fault = null;
    await one.drawings.flush();
    expect(kept()).toEqual(["a"]);
  });
});

describe("what waits for two tabs", () => {
  test.each([
    ["the one that had read it", 1, 0],
    ["the one that had drawn it", 0, 1],
  ] as const)("is not brought back once it is removed, when %s sent it", async (_, sender, other) => {
    const pocket = new Pocket();
    server.fault = "later";
    const first = await device(pocket);
    first.store.add(line("a"));
    await pass();
    const tabs = [first, await device(pocket)] as const;
    expect(ids(tabs[1])).toEqual(["a"]);
    server.fault = null;
    await tabs[sender].drawings.flush();
    tabs[sender].store.remove(["a"]);
    await tabs[sender].drawings.flush();
    await tabs[other].drawings.flush();
    expect([kept(), ids(tabs[other]), pocket.text]).toEqual([[], [], null]);
  });

  test("is not brought back where it was removed before it was sent", async () => {
    const pocket = new Pocket();
    server.fault = "later";
    const one = await device(pocket);
    one.store.add(line("a"));
    await pass();
    one.store.remove(["a"]);
    one.drawings.end();
    server.fault = null;
    expect([ids(await device(pocket)), kept()]).toEqual([[], []]);
  });

  test("is shown by each when one has sent it", async () => {
    const pocket = new Pocket();
    server.fault = "later";
    const one = await device(pocket);
    one.store.add(line("a"));
    await pass();
    const two = await device(pocket);
    server.fault = null;
    await two.drawings.flush();
    await one.drawings.flush();
    expect([ids(one), one.store.state().standing, server.saves]).toEqual([["a"], "saved", 1]);
  });
});

describe("what cannot be understood", () => {
  test("of what waits costs nothing else, and stays where it is", async () => {
    const pocket = new Pocket();
    const strange = [wish("p", { ...line("p"), kind: "pitchfork" }), wish("q", line("a")), 7];
    pocket.text = JSON.stringify([...strange, wish("a", line("a"))]);
    const one = await device(pocket);
    expect([ids(one), kept()]).toEqual([["a"], ["a"]]);
    expect(JSON.parse(pocket.text)).toEqual(strange);
  });

  test("stays also where it is no text of changes, beside what waits later", async () => {
    const pocket = new Pocket();
    pocket.text = '[{"id":"a"}';
    for (const id of ["b", "c"]) {
      const one = await device(pocket);
      server.fault = "later";
      one.store.add(line(id));
      await pass();
      expect(JSON.parse(pocket.text)).toContain('[{"id":"a"}');
      server.fault = null;
      await one.drawings.flush();
    }
    expect(JSON.parse(pocket.text)).toEqual(['[{"id":"a"}']);
  });

  test("by the server is not asked of it: the drawing stays as it was", async () => {
    const one = await device();
    one.store.add(line("a"));
    one.store.replace(line("a", 1e30));
    one.store.add(line("b"));
    await pass();
    expect(server.kept).toEqual([line("a"), line("b")]);
  });
});
