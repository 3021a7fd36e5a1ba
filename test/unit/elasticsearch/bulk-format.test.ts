import { expect, test } from "vitest";
import type { WriteItem } from "#lib/contracts/engine-store.ts";
import { storedVersion } from "#lib/contracts/engine-store.ts";
import {
  bulkLines,
  CHUNK_CHARACTERS,
  CHUNK_ITEMS,
  chunksOf,
  judgeBulk,
  writtenOf,
} from "#lib/elasticsearch/bulk-format.ts";

const item = (id: string, body = "{}", version = 1): WriteItem => ({ target: { kind: "latest" }, id, version, body });

test("a round is cut by number and by size, in order, and nothing is left out", () => {
  const small = Array.from({ length: CHUNK_ITEMS * 2 + 1 }, (_, index) => item(String(index)));
  expect(chunksOf(small).map(({ length }) => length)).toEqual([CHUNK_ITEMS, CHUNK_ITEMS, 1]);
  expect(chunksOf(small).flat()).toEqual(small);
  const large = Array.from({ length: 5 }, (_, index) => item(String(index), "x".repeat(CHUNK_CHARACTERS * 0.4)));
  expect(chunksOf(large).map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(chunksOf([item("huge", "x".repeat(CHUNK_CHARACTERS * 2))])).toHaveLength(1);
  expect(chunksOf([])).toEqual([]);
});

test("each item becomes two lines: where and as which version, and its document untouched", () => {
  const lines = bulkLines([item("SIM:A|1m|5", '{"a":1}', 7)], () => "bars");
  expect(lines.toString()).toBe(
    '{"index":{"_index":"bars","_id":"SIM:A|1m|5","version":7,"version_type":"external_gte"}}\n{"a":1}\n',
  );
});

test("a document with letters beyond ASCII arrives whole", () => {
  const lines = bulkLines([item("a", '{"name":"Müller €"}'), item("b", "{}")], () => "x")
    .toString()
    .split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toBe('{"name":"Müller €"}');
  expect(lines[3]).toBe("{}");
});

test("an id with a quote or a letter beyond ASCII is escaped", () => {
  const [action = ""] = bulkLines([item('a"b\\ü')], () => "x")
    .toString()
    .split("\n");
  expect(JSON.parse(action)).toEqual({
    index: { _index: "x", _id: 'a"b\\ü', version: 1, version_type: "external_gte" },
  });
});

test("a version that a double cannot hold exactly is refused: it would be rounded", () => {
  expect(() => bulkLines([item("a", "{}", storedVersion(8191, 2 ** 40 - 1))], () => "x")).not.toThrow();
  expect(() => bulkLines([item("a", "{}", storedVersion(8192, 1))], () => "x")).toThrow(/no exact version/);
});

test("items are judged by position: stored, in conflict, to be sent again, without an index, refused", () => {
  const items = ["stored", "conflict", "busy", "broken", "homeless", "bad"].map((id) => item(id));
  const outcome = judgeBulk(items, {
    errors: true,
    items: [
      { index: { status: 201 } },
      { index: { status: 409, error: { type: "version_conflict_engine_exception" } } },
      { index: { status: 429, error: { type: "es_rejected_execution_exception" } } },
      { index: { status: 503, error: { type: "unavailable_shards_exception" } } },
      { index: { status: 404, error: { type: "index_not_found_exception" } } },
      { index: { status: 400, error: { type: "strict_dynamic_mapping_exception", reason: "no field z" } } },
    ],
  });
  expect(outcome.again.map(({ id }) => id)).toEqual(["busy", "broken"]);
  expect(outcome.missing.map(({ id }) => id)).toEqual(["homeless"]);
  expect(outcome.rejected).toMatchObject({
    item: { id: "bad" },
    reason: "400 strict_dynamic_mapping_exception: no field z",
  });
});

test("an answer that does not speak of every item speaks of none", () => {
  const items = [item("a"), item("b")];
  expect(judgeBulk(items, { errors: true, items: [{ index: { status: 201 } }] }).again).toEqual(items);
  expect(judgeBulk(items, {}).again).toEqual(items);
  expect(judgeBulk(items, { errors: false }).again).toEqual([]);
});

test("a conflict that is not one of versions is refused", () => {
  const answer = { errors: true, items: [{ index: { status: 409, error: { type: "other" } } }] };
  expect(judgeBulk([item("a")], answer).rejected).not.toBeNull();
});

test("the time of a write is read from a document's JSON", () => {
  expect(writtenOf('{"a":1,"written":1793551140000000}')).toBe(1_793_551_140_000_000);
  expect(writtenOf('{"a":1}')).toBeNull();
});
