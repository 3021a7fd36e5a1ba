import { describe, expect, test } from "vitest";
import { freshness } from "#lib/domain/freshness.ts";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { freshnessAmong } from "../../../app/_lib/freshness-badge.ts";
import { instrument } from "./market.ts";

const now = 1_700_000_000 * SECOND;
const base = { now, silence: 10 * SECOND };

describe("freshness", () => {
  test("is live up to the source's limit and stale beyond it, with its age", () => {
    expect(freshness({ ...base, time: now - 10 * SECOND })).toEqual({ state: "live", age: 10 * SECOND });
    expect(freshness({ ...base, time: now - 48 * SECOND })).toEqual({ state: "stale", age: 48 * SECOND });
  });

  test("takes a proof of completeness for a tick, but never an older one", () => {
    expect(freshness({ ...base, time: now - MINUTE, watermark: now - SECOND }).state).toBe("live");
    expect(freshness({ ...base, time: now - SECOND, watermark: now - MINUTE }).state).toBe("live");
    expect(freshness({ ...base, time: now - MINUTE, watermark: null }).state).toBe("stale");
  });

  test("does not count a delay by design as age", () => {
    const delay = 15 * MINUTE;
    expect(freshness({ ...base, delay, time: now - delay - SECOND })).toEqual({ state: "delayed", age: SECOND });
    expect(freshness({ ...base, delay, time: now - delay - MINUTE }).state).toBe("stale");
  });

  test("an event time ahead of the clock is not a negative age", () => {
    expect(freshness({ ...base, time: now + SECOND })).toEqual({ state: "live", age: 0 });
  });

  test("a closed session, a halt, a recording and a disabled ticker are never stale", () => {
    const time = now - MINUTE;
    expect(freshness({ ...base, time, sessionOpen: false }).state).toBe("closed");
    expect(freshness({ ...base, time, halted: true }).state).toBe("halted");
    expect(freshness({ ...base, time, recorded: true })).toEqual({ state: "recorded", age: null });
    expect(freshness({ ...base, time, enabled: false }).state).toBe("disabled");
  });

  test("waits for the first tick", () => {
    expect(freshness({ ...base, time: null, watermark: now })).toEqual({ state: "waiting", age: null });
  });
});

describe("the freshness of two as one", () => {
  const left = instrument("SIM:A", { silence: 10 * SECOND });
  const right = instrument("COINBASE:B", { silence: MINUTE, delay: 15 * MINUTE });
  const both = instrument("SIM:A/COINBASE:B", { legs: [left, right], silence: MINUTE });
  const of = (ages: Readonly<Record<string, number>>) =>
    freshnessAmong(
      both,
      (symbol) => {
        const age = ages[symbol];
        return age === undefined ? undefined : { time: now - age * SECOND, watermark: null };
      },
      now,
    );

  test("is the worse of both, each by its own source's measure", () => {
    expect(of({ "SIM:A": 1, "COINBASE:B": 900 }).state).toBe("delayed");
    expect(of({ "SIM:A": 11, "COINBASE:B": 900 })).toEqual({ state: "stale", age: 11 * SECOND });
    expect(of({ "SIM:A": 1, "COINBASE:B": 1_000 })).toEqual({ state: "stale", age: 100 * SECOND });
    expect(of({ "SIM:A": 20, "COINBASE:B": 1_000 })).toEqual({ state: "stale", age: 100 * SECOND });
    expect(of({ "SIM:A": 1 }).state).toBe("waiting");
  });
});
