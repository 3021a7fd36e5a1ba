import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import { type LatestLine, latestLineSchema } from "#lib/contracts/latest.ts";
import { barLineSchema } from "#lib/contracts/bars.ts";
import type { TickLine, Trade } from "#lib/contracts/ticks.ts";
import { eligibilityOf, LAST, SUBSTITUTE, VOLUME } from "#lib/domain/eligibility/eligibility.ts";
import { drainLatestDocuments } from "#lib/engine/latest.ts";
import { at, config, heartbeat, ready, records, SYMBOL, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

const US = config(1, { profile: "us-equities" });

function after(...frames: TickLine[][]): OneTask {
  return new OneTask().read(records([US, ready(-3600)], ...frames));
}

const second = (task: OneTask): WindowDocument | undefined => task.bars().get(`${SYMBOL}|1s|${at(0)}`);
const of = (seconds: number, id: number, price: number, ...conditions: string[]) =>
  trade(seconds, id, { price, size: 10, conditions });

test("a trade does to a bar what its conditions allow", () => {
  const task = after([
    of(0.1, 1, 100, "@"),
    of(0.2, 2, 150, "I"),
    of(0.3, 3, 105, "Z"),
    of(0.4, 4, 90, "M"),
    of(0.5, 5, 102, "9"),
    of(0.6, 6, 99, "4"),
  ]);
  const bar = { open: 100, high: 105, low: 99, close: 102, volume: 40, trades: 4, vwap: 113.5, complete: true };
  expect(second(task)).toMatchObject(bar);
});

test("the profile is the channel's, from its newest configuration on", () => {
  const odd = of(0.1, 1, 100, "I");
  expect(second(new OneTask().read(records([config(), ready(-3600)], [odd])))?.open).toBe(100);
  const lines = [odd, config(2, { profile: "all" }), ready(undefined, { n: 2 }), of(0.2, 2, 101, "I")];
  expect(second(after(lines))).toMatchObject({ open: 101, close: 101, volume: 20 });
});

describe("a window without a price", () => {
  test("has its volume and null for prices, as a document, as a line of bars and in latest", () => {
    const task = after([of(0.1, 1, 100, "I")], [heartbeat(1)]).drain();
    const none = { open: null, high: null, low: null, close: null, volume: 10, trades: 1, vwap: 100 };
    expect(second(task)).toMatchObject(none);
    expect(task.told.find(({ interval }) => interval === "1s")).toMatchObject(none);
    for (const line of task.told) expect(barLineSchema.safeParse(line).error).toBeUndefined();
    const [latest] = drainLatestDocuments(task.task.state).map(({ body }) => JSON.parse(body) as LatestLine);
    expect(latestLineSchema.parse(latest)).toMatchObject({ price: null, dayOpen: null, dayHigh: null, dayVolume: 10 });
  });

  test("becomes a bar with the first trade that may give it one, also after its close", () => {
    const task = after([of(0.1, 1, 100, "I")], [heartbeat(1)], [of(0.3, 2, 101, "Z")]);
    expect(second(task)).toMatchObject({ open: 101, low: 101, close: 101, volume: 20, final: true, revision: 1 });
    task.read(records([], [], [], [], [of(0.2, 3, 99, "@")]).slice(4));
    expect(second(task)).toMatchObject({ open: 99, high: 101, low: 99, close: 99, trades: 3, revision: 2 });
  });
});

test("before the open, trades of those hours make the bars of their session", () => {
  const night = config(1, { profile: "us-equities", calendar: "us-equities" });
  // Noon of the fixtures, 07:00 in New York.
  const early = new OneTask().read(records([night, ready(-3600)], [of(0.1, 1, 100, "@", "T")]));
  expect(second(early)).toMatchObject({ session: "pre", open: 100, close: 100 });
  const open = new OneTask().read(records([night, ready(-3600)], [of(9000, 1, 100, "@", "T"), of(9000, 2, 101, "@")]));
  expect(open.bars().get(`${SYMBOL}|1s|${at(9000)}`)).toMatchObject({ session: "regular", open: 101, volume: 20 });
});

const bits = ({ conditions = [] }: Trade): number => eligibilityOf("us-equities", conditions, false);

/** What all trades at once make of the bar; undefined where none does anything. */
function wanted(trades: readonly Trade[]): Shown | undefined {
  const counted = trades.filter((each) => (bits(each) & VOLUME) !== 0);
  const full = trades.filter((each) => (bits(each) & LAST) !== 0);
  const any = trades.filter((each) => (bits(each) & (LAST | SUBSTITUTE)) !== 0).map(({ price }) => price);
  if (counted.length + full.length + any.length === 0) return undefined;
  const substitutes = trades.filter((each) => (bits(each) & SUBSTITUTE) !== 0);
  const ordered = (full.length > 0 ? full : substitutes).toSorted(
    (a, b) => a.time - b.time || (a.id ?? 0) - (b.id ?? 0),
  );
  return {
    open: ordered[0]?.price ?? null,
    high: any.length > 0 ? Math.max(...any) : null,
    low: any.length > 0 ? Math.min(...any) : null,
    close: ordered.at(-1)?.price ?? null,
    volume: counted.length * 10,
    trades: counted.length,
  };
}

type Shown = Pick<WindowDocument, "open" | "high" | "low" | "close" | "volume" | "trades">;

function shown(bar: Shown | undefined): Shown | undefined {
  return (
    bar && { open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume, trades: bar.trades }
  );
}

const prints = fc.array(
  fc.record({
    seconds: fc.integer({ min: 0, max: 9 }),
    price: fc.integer({ min: 1, max: 20 }),
    conditions: fc.array(fc.constantFrom("@", "F", "I", "Z", "4", "M", "9"), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test("in whatever order trades come, and wherever the memory is stored, the bar is that of all of them at once", () => {
  fc.assert(
    fc.property(prints, fc.array(fc.nat(11)), fc.nat(12), (all, swaps, cut) => {
      const trades = all.map(({ seconds, price, conditions }, id) => of(seconds / 10, id + 1, price, ...conditions));
      const shuffled = [...trades];
      for (const [place, other] of swaps.entries()) {
        const [a, b] = [place % shuffled.length, other % shuffled.length];
        const moved = shuffled[a];
        const replaced = shuffled[b];
        if (moved && replaced) [shuffled[a], shuffled[b]] = [replaced, moved];
      }
      const begun = after(shuffled.slice(0, cut));
      const task = begun.revived().read(records([], [], shuffled.slice(cut)).slice(2));
      expect(shown(second(task))).toEqual(shown(wanted(trades)));
    }),
  );
});
