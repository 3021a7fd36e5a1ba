import { describe, expect, test } from "vitest";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { freshness } from "#lib/domain/freshness.ts";
import { DAY, HOUR, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { freshnessAmong, freshnessOf, rowBadge } from "../../../app/_lib/freshness-badge.ts";
import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
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
    expect(freshness({ ...base, time, watermark: now - SECOND, halted: true }).state).toBe("halted");
    expect(freshness({ ...base, time, recorded: true })).toEqual({ state: "recorded", age: null });
    expect(freshness({ ...base, time, enabled: false }).state).toBe("disabled");
  });

  test("a halt of which its source tells nothing any more is stale: nobody knows whether it still lasts", () => {
    expect(freshness({ ...base, time: now - HOUR, watermark: now - MINUTE, halted: true }).state).toBe("stale");
    expect(freshness({ ...base, time: now, sessionOpen: false, halted: true }).state).toBe("closed");
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
        return age === undefined ? undefined : { time: now - age * SECOND, watermark: null, halted: null };
      },
      now,
    );

  test("is the worse of both, each by its own source's measure", () => {
    expect(of({ "SIM:A": 1, "COINBASE:B": 900 }).state).toBe("delayed");
    expect(of({ "SIM:A": 11, "COINBASE:B": 900 })).toMatchObject({ state: "stale", age: 11 * SECOND });
    expect(of({ "SIM:A": 1, "COINBASE:B": 1_000 })).toMatchObject({ state: "stale", age: 100 * SECOND });
    expect(of({ "SIM:A": 20, "COINBASE:B": 1_000 })).toMatchObject({ state: "stale", age: 100 * SECOND });
    expect(of({ "SIM:A": 1 }).state).toBe("waiting");
  });
});

describe("the badge of what is halted", () => {
  const halted = { since: now - 4 * MINUTE, reason: "Volatility pause (LUDP)" };
  const quote = { time: now - 4 * MINUTE, watermark: now - SECOND, halted };
  const badgeOf = (instrumentOf: InstrumentView, told: Parameters<typeof freshnessOf>[1] = quote) =>
    rowBadge(UTC_CLOCK, instrumentOf, freshnessOf(instrumentOf, told, now), now);
  const real = instrument("COINBASE:B", { simulated: false });

  test("says since when and why, to the eye and to a screen reader", () => {
    const since = "since 22:09:20 UTC: Volatility pause (LUDP)";
    expect(badgeOf(real)).toEqual({ kind: "halted", words: "HALTED", title: `Halted ${since}`, spoken: since });
    expect(badgeOf(instrument("SIM:A")).words).toBe("SIM HALTED");
    const long = { ...quote, halted: { since: now - 2 * DAY, reason: null } };
    expect(badgeOf(real, long).title).toBe("Halted since Sun 12 Nov 22:13:20 UTC");
  });

  test("of a closed or silent market says it beside", () => {
    const stock = instrument("NASDAQ:B", { simulated: false, calendar: "us-equities" });
    const saturday = rowBadge(UTC_CLOCK, stock, freshnessOf(stock, quote, now + 4 * DAY), now + 4 * DAY);
    expect(saturday.kind).toBe("closed");
    expect(saturday.title).toContain("; halted since Tue 14 Nov 22:09:20 UTC");
    expect(badgeOf(real, { ...quote, watermark: now - MINUTE })).toMatchObject({
      kind: "stale",
      title: "When last heard of, halted since 22:09:20 UTC: Volatility pause (LUDP)",
    });
  });
});
