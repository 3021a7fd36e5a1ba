import { expect, test } from "vitest";
import { DAY, INTERVALS } from "#lib/domain/interval.ts";
import { IndexNames, retentionOf } from "#lib/elasticsearch/index-names.ts";
import { barBody } from "#lib/elasticsearch/mappings.ts";

const names = new IndexNames("");
const at = (iso: string): number => Date.parse(iso) * 1000;

test("the index of a bar is a function of its interval and start", () => {
  const start = at("2026-11-21T23:59:59Z");
  expect(INTERVALS.map((interval) => names.barIndex(interval, start))).toEqual([
    "bars-1s-2026.11.21",
    "bars-1m-2026.11",
    "bars-5m-2026",
    "bars-1h-2026",
    "bars-1d",
  ]);
});

test("periods end where the calendar says, whatever was asked before", () => {
  const moments = ["2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2024-02-29T12:00:00Z", "2026-12-31T00:00:00Z"];
  const fresh = moments.map((iso) => INTERVALS.map((interval) => new IndexNames("").barIndex(interval, at(iso))));
  expect(moments.map((iso) => INTERVALS.map((interval) => names.barIndex(interval, at(iso))))).toEqual(fresh);
  expect(fresh[1]).toEqual(["bars-1s-2027.01.01", "bars-1m-2027.01", "bars-5m-2027", "bars-1h-2027", "bars-1d"]);
  expect(fresh[2]?.[0]).toBe("bars-1s-2024.02.29");
});

test("a namespace keeps installations apart, and names are read back", () => {
  const own = new IndexNames("test-");
  expect(own.barIndex("1m", 0)).toBe("test-bars-1m-1970.01");
  expect(own.target({ kind: "slot" })).toBe("test-checkpoints");
  expect(own.intervalOf("test-bars-1m-1970.01")).toBe("1m");
  expect(own.intervalOf("bars-1m-1970.01")).toBeNull();
  expect(own.intervalOf("test-latest")).toBeNull();
});

test("readers find every index of an interval under one name", () => {
  expect(barBody(names, "1m").aliases).toEqual({ "bars-1m": {} });
  expect(barBody(names, "1d").aliases).toBeUndefined();
});

test("only 1s and 1m bars are ever dropped", () => {
  const config = { RETENTION_1S_DAYS: 1, RETENTION_1M_DAYS: 60 };
  expect(INTERVALS.map((interval) => retentionOf(interval, config) / DAY)).toEqual([
    1,
    60,
    Infinity,
    Infinity,
    Infinity,
  ]);
});
