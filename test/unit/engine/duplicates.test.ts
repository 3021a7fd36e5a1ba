import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TickLine, Trade } from "#lib/contracts/ticks.ts";
import { type LatestLine, latestLineSchema } from "#lib/contracts/latest.ts";
import { ContentSet, MAX_CONTENTS } from "#lib/engine/content-set.ts";
import { drainLatestDocuments } from "#lib/engine/latest.ts";
import { at, config, heartbeat, ready, records, SYMBOL, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

/** A trade of a source that numbers nothing. */
function unnumbered(seconds: number, rest: Partial<Trade> = {}): Trade {
  const { id: _, ...made } = trade(seconds, 0, rest);
  return made;
}

function after(...frames: TickLine[][]): OneTask {
  return new OneTask().read(records([config(), ready(-3600)], ...frames));
}

const second = (task: OneTask, seconds = 0) => task.bars().get(`${SYMBOL}|1s|${at(seconds)}`);

test("trades without ids are the same where time, price, size and venue are", () => {
  const first = unnumbered(0.5, { price: 10, size: 2, venue: "X" });
  const others = [unnumbered(0.6, { price: 10, size: 2, venue: "X" }), { ...first, price: 11 }, { ...first, size: 3 }];
  const task = after([
    first,
    first,
    ...others,
    { ...first, venue: "Y" },
    unnumbered(0.5, { price: 10, size: 2 }),
    first,
  ]);
  expect(task.counters).toMatchObject({ applied: 8, duplicate: 2 });
  expect(second(task)).toMatchObject({ trades: 6, open: 10, close: 10, complete: true });
});

test("one that lies behind the watermark by more than the longest lateness is never counted again", () => {
  const once = unnumbered(10);
  const task = after([once, heartbeat(909)], [unnumbered(9.5), once], [heartbeat(911)], [unnumbered(9.6), once]);
  expect(task.counters).toMatchObject({ corrected: 1, duplicate: 2 });
  expect(task.counters.dead["too-old"]).toBe(1);
});

test("ids and no ids may be of one symbol, each found by its own", () => {
  const task = after([trade(0.1, 1), unnumbered(0.1), trade(0.1, 1), unnumbered(0.1), trade(0.2, 2)]);
  expect(task.counters.duplicate).toBe(2);
  expect(second(task)?.trades).toBe(3);
});

const told = (task: OneTask): LatestLine[] =>
  drainLatestDocuments(task.task.state).map(({ body }) => latestLineSchema.parse(JSON.parse(body)));

test("a symbol whose trades carry no ids is marked", () => {
  expect(told(after([unnumbered(0.1)]))).toMatchObject([{ symbol: SYMBOL, byContent: true }]);
  expect(told(after([trade(0.1, 1)]))[0]?.byContent).toBeUndefined();
});

test("beyond its capacity the older half is forgotten, and what lies there is not taken again", () => {
  const set = new ContentSet();
  for (let time = 1; time <= MAX_CONTENTS; time++) expect(set.add(time, "", 0)).toBe("new");
  expect(set.add(1, "", 0)).toBe("forgotten");
  expect(set.add(MAX_CONTENTS / 2, "other", 0)).toBe("forgotten");
  expect(set.add(MAX_CONTENTS / 2 + 1, "", 0)).toBe("known");
  const { times } = set.state();
  expect(times.length).toBe(MAX_CONTENTS / 2);
});

test("a decoded set goes on as the set itself", () => {
  const steps = fc.array(fc.tuple(fc.nat(5000), fc.constantFrom("a", "b"), fc.nat(3000)), { maxLength: 3000 });
  fc.assert(
    fc.property(steps, fc.nat(3000), (all, cut) => {
      const one = new ContentSet();
      for (const [time, content, floor] of all.slice(0, cut)) one.add(time, content, floor);
      const other = ContentSet.restore(JSON.parse(JSON.stringify(one.state())) as ReturnType<ContentSet["state"]>);
      for (const [time, content, floor] of all.slice(cut)) {
        expect(other.add(time, content, floor)).toBe(one.add(time, content, floor));
      }
      expect(other.state()).toEqual(one.state());
    }),
    { numRuns: 30 },
  );
});

const shown = (task: OneTask): unknown[] =>
  [...task.bars().values()]
    .map(({ interval, start, open, high, low, close, volume, trades: count, final }) =>
      JSON.stringify([interval, start, open, high, low, close, volume, count, final]),
    )
    .toSorted();

const arrivals = fc.array(
  fc.record({
    seconds: fc.integer({ min: 0, max: 900 }),
    price: fc.integer({ min: 1, max: 5 }),
    numbered: fc.boolean(),
  }),
  { maxLength: 40 },
);

test("two collectors that publish one channel at once count once, whoever is ahead of the other", () => {
  fc.assert(
    fc.property(arrivals, fc.array(fc.boolean(), { minLength: 120 }), fc.boolean(), (all, turns, takesOver) => {
      const trades = all.map(({ seconds, price, numbered }, id) =>
        numbered ? trade(seconds / 10, id, { price }) : unnumbered(seconds / 10, { price }),
      );
      // Both say everything; the second of them may have taken the channel over, which voids the proofs of the first.
      const one: TickLine[] = [...trades, heartbeat(95)];
      const n = takesOver ? 2 : 1;
      const other: TickLine[] = [
        ...(takesOver ? [config(2), ready(undefined, { n })] : []),
        ...trades,
        heartbeat(95, n),
      ];
      const merged = turns.map((isOne) => (isOne ? (one.shift() ?? other.shift()) : (other.shift() ?? one.shift())));
      const both = after(...merged.flatMap((line) => (line ? [[line]] : [])));
      const alone = after([...trades], [heartbeat(95)]);
      expect(shown(both)).toEqual(shown(alone));
      expect(both.counters.dead["too-old"]).toBe(0);
    }),
  );
});
