import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { CALENDARS } from "#lib/domain/calendar/calendar.ts";
import { DAY, HOUR, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { SlotCalendar } from "#lib/engine/slot-calendar.ts";
import { SEALED } from "#lib/engine/window-arena.ts";
import { at, config, heartbeat, NOON, ready, records, SYMBOL, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

/** Seconds from noon of UTC, 7 in New York: the open, the close and the end of the post-market. */
const OPEN = 2.5 * 3600;
const CLOSE = 9 * 3600;
const END = 13 * 3600;
const US = config(1, { calendar: "us-equities", correctionHorizon: 100 * DAY });

function read(...lines: TickLine[]): OneTask {
  return new OneTask().read(records(...lines.map((line) => [line])));
}

const clock = (time: number): string => new Date(time / 1000).toISOString().slice(11, 16);

function text({ session, start, end, trades, final }: WindowDocument): string {
  return `${session} ${clock(start)}–${clock(end)}: ${trades} trades${final ? ", final" : ""}`;
}

/** As `regular 14:30–21:00: 3 trades`, by start. */
function said(task: OneTask, interval: string): string[] {
  const bars = [...task.bars().values()].filter((bar) => bar.interval === interval);
  return bars.toSorted((a, b) => a.start - b.start).map(text);
}

describe("bars of US stocks", () => {
  const day = [
    trade(OPEN - 1, 1),
    trade(OPEN, 2),
    trade(CLOSE - 1, 3),
    trade(CLOSE, 4),
    trade(END - 1, 5),
    trade(END, 6),
  ];

  test("have a day each for pre-market, regular session, post-market and what lies between", () => {
    expect(said(read(US, ready(0), ...day), "1d")).toEqual([
      "pre 09:00–14:30: 1 trades",
      "regular 14:30–21:00: 2 trades",
      "post 21:00–01:00: 2 trades",
      "closed 01:00–09:00: 1 trades",
    ]);
  });

  test("have hours from the open on, the last one half as long", () => {
    expect(said(read(US, ready(0), ...day), "1h")).toEqual([
      "pre 14:00–14:30: 1 trades",
      "regular 14:30–15:30: 1 trades",
      "regular 20:30–21:00: 1 trades",
      "post 21:00–22:00: 1 trades",
      "post 00:00–01:00: 1 trades",
      "closed 01:00–02:00: 1 trades",
    ]);
  });

  test("close when their session's end is proved", () => {
    const before = read(US, ready(0), ...day, heartbeat(CLOSE - 1));
    expect(said(before, "1d")[1]).toBe("regular 14:30–21:00: 2 trades");
    const after = read(US, ready(0), ...day, heartbeat(CLOSE));
    expect(said(after, "1d")[1]).toBe("regular 14:30–21:00: 2 trades, final");
  });

  test("wait for what is late until 15 minutes after the close: then the day is sealed", () => {
    const isSealed = (seconds: number): boolean => {
      const { arena } = read(US, ready(0), trade(CLOSE - 9, 1), heartbeat(CLOSE + seconds)).task.state;
      return arena.has(arena.find(0, 4, at(OPEN)), SEALED);
    };
    expect([isSealed(15 * 60 - 1), isSealed(15 * 60)]).toEqual([false, true]);
    const late = read(US, ready(0), trade(CLOSE - 9, 1), heartbeat(CLOSE + 60), trade(CLOSE - 5, 2));
    expect(late.bars().get(`${SYMBOL}|1d|${at(OPEN)}`)).toMatchObject({ trades: 2, revision: 1 });
  });
});

describe("another calendar of a symbol", () => {
  const MIDNIGHT = 12 * 3600;

  test("takes effect where the present session ends, behind all that was seen: in the middle of one of its own", () => {
    const task = read(
      config(),
      ready(0),
      trade(OPEN, 1),
      config(2, { calendar: "us-equities" }),
      ready(undefined, { n: 2 }),
      trade(OPEN + 1, 2),
      trade(MIDNIGHT - 1, 3),
      trade(MIDNIGHT, 4),
      trade(END, 5),
    );
    expect(said(task, "1d")).toEqual([
      "regular 00:00–00:00: 3 trades",
      "post 00:00–01:00: 1 trades",
      "closed 01:00–09:00: 1 trades",
    ]);
  });

  test("waits for the end of the frame that names it: which windows the frame needs was found out before", () => {
    const corrected = { correctionHorizon: 100 * DAY };
    const us = config(2, { calendar: "us-equities", ...corrected });
    const task = new OneTask().read(
      records(
        [config(1, corrected), ready(0), trade(OPEN, 1)],
        [us, ready(undefined, { n: 2 }), heartbeat(MIDNIGHT + 86_400 + 9, 2), trade(MIDNIGHT + 60, 2)],
      ),
    );
    expect(said(task, "1d")).toEqual(["regular 00:00–00:00: 1 trades, final", "regular 00:00–00:00: 1 trades, final"]);
    expect(task.task.state.slots[0]?.calendar.changes).toEqual([
      { from: null, calendar: "utc" },
      { from: at(MIDNIGHT + 2 * 86_400), calendar: "us-equities" },
    ]);
  });

  test("is that of all time where nothing was seen of the symbol", () => {
    const task = read(config(), config(2, { calendar: "us-equities" }), ready(undefined, { n: 2 }), trade(OPEN, 1));
    expect(said(task, "1d")).toEqual(["regular 14:30–21:00: 1 trades"]);
  });
});

test("changes of calendar leave time tiled by windows, however often and whenever they come, and are restored as they were", () => {
  const change = fc.record({ name: fc.constantFrom(...CALENDARS), after: fc.integer({ min: 0, max: 60 * 3600 }) });
  const property = fc.property(fc.array(change, { maxLength: 6 }), fc.array(fc.nat(200 * 3600)), (changes, times) => {
    const calendar = new SlotCalendar();
    const cut: { interval: number; start: number; end: number }[] = [];
    let seen = NOON;
    calendar.change("us-equities", -Infinity);
    for (const { name, after } of changes) {
      seen += after * SECOND;
      for (let interval = 0; interval < 5; interval++) cut.push({ interval, ...calendar.windowOf(interval, seen) });
      calendar.change(name, seen);
    }
    const restored = new SlotCalendar();
    restored.restore(structuredClone(calendar.changes));
    // What was cut before stays as it was cut.
    const stays = cut.every(({ interval, start, end }) => {
      const now = restored.windowOf(interval, start);
      return now.start === start && now.end === end;
    });
    return stays && times.every((time) => [0, 1, 2, 3, 4].every((interval) => meets(restored, interval, time)));
  });
  expect(() => fc.assert(property)).not.toThrow();
});

/** Whether the window of an instant holds it, is no longer than its interval, and ends where the next begins. */
function meets(calendar: SlotCalendar, interval: number, seconds: number): boolean {
  const time = NOON - 50 * HOUR + seconds * SECOND;
  const { start, end } = calendar.windowOf(interval, time);
  const most = [SECOND, MINUTE, 5 * MINUTE, HOUR, 8 * DAY][interval] ?? 0;
  const isOne = calendar.windowOf(interval, start).end === end && calendar.windowOf(interval, end - 1).start === start;
  const isNext = calendar.windowOf(interval, end).start === end && calendar.windowOf(interval, start - 1).end === start;
  return start <= time && time < end && end - start <= most && isOne && isNext;
}
