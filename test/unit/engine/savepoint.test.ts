import { expect, test, vi } from "vitest";
import type { SavepointDocument, WindowDocument } from "#lib/contracts/engine-store.ts";
import { Bench, type FakeStore } from "./fakes.ts";
import { at, config, givenBar, heartbeat, quote, ready, records, SYMBOL, trade } from "./lines.ts";

const LOG = records(
  [config(), ready(-3600)],
  [trade(0.5, 1), quote(0.7, 99, 101)],
  [givenBar(at(-86_400), 100), heartbeat(2)],
  [trade(0.6, 2)],
);

/** Every stored bar, but for when it was stored. */
function barsOf({ store }: Bench): Map<string, unknown> {
  const bars = [...store.documents].filter(([id]) => id.startsWith(`${SYMBOL}|`));
  return new Map(
    bars.map(([id, { body }]) => {
      const { written: _, ...bar } = JSON.parse(body) as WindowDocument;
      return [id, bar];
    }),
  );
}

function partsOf(store: FakeStore): string[] {
  const ids = [...store.documents.keys()].filter((id) => id.startsWith("savepoint|"));
  return ids.map((id) => (store.document(id) as SavepointDocument).savepoint.data);
}

test("what an orderly end could not store any more is restored at once, and stored by the next owner", async () => {
  const bench = new Bench(LOG);
  const { store } = bench;
  await bench.open();
  for (const kind of ["window", "given", "slot"] as const) store.unheard.add(kind);
  await bench.read(0, 2);
  await bench.idle(2000); // a checkpoint that will never be done
  await bench.read(2, 3);
  bench.engine.close(true).catch(() => undefined); // ended by its limit
  await vi.waitFor(() => expect(bench.engine.checkpoint).toBe(3));

  store.unheard.clear();
  store.asked.length = 0;
  const next = new Bench(LOG, {}, store);
  await expect(next.open()).resolves.toBe(3);
  expect(store.asked).toEqual([]);
  await next.read(3, 4);
  await next.engine.close(true);
  const whole = new Bench(LOG);
  await whole.open();
  await whole.read(0, 4);
  await whole.engine.close(true);
  expect(barsOf(next)).toEqual(barsOf(whole));
  expect(barsOf(next).size).toBe(6);
});

test("what came of a savepoint is stored also when nothing more is read", async () => {
  const bench = new Bench(LOG);
  await bench.open();
  for (const kind of ["window", "given", "slot"] as const) bench.store.unheard.add(kind);
  await bench.read(0, 4);
  bench.engine.close(true).catch(() => undefined); // ended by its limit
  await vi.waitFor(() => expect(bench.engine.checkpoint).toBe(4));
  expect(barsOf(bench).size).toBe(0);

  bench.store.unheard.clear();
  const next = new Bench(LOG, {}, bench.store);
  await next.open();
  await next.idle(2000);
  expect(barsOf(next).size).toBe(6);
  await expect(new Bench(LOG, {}, bench.store).open()).resolves.toBe(4);
});

test("a savepoint is forgotten with the next checkpoint; who still asks for it finds all in slots and windows", async () => {
  const bench = new Bench(LOG);
  const { store } = bench;
  await bench.open();
  await bench.read(0, 3);
  await bench.engine.close(true);
  const left = store.documents.get("ticks|0");
  expect(partsOf(store).filter((data) => data !== "")).toHaveLength(1);

  const next = new Bench(LOG, {}, store);
  await next.open();
  await next.read(3, 4);
  await next.idle(2000);
  expect(partsOf(store)).toEqual([""]);

  if (left) store.documents.set("ticks|0", left);
  const zombie = new Bench(LOG, {}, store);
  await expect(zombie.open()).resolves.toBe(3);
  expect(zombie.engine.report()).toMatchObject({ symbols: 1, openWindows: 5 });
});
