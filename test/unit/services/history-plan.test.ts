import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import {
  ASK_AGAIN,
  ASK_SOONER,
  backfillStatus,
  isBeingStored,
  isExhausted,
  missingChunks,
  requestFor,
  STORED_WITHIN,
} from "#lib/services/bars/history-plan.ts";
import { mergeBars } from "#lib/services/bars/merge-bars.ts";
import { backfill, builtBar, TODAY } from "./fixtures.ts";

const micros = (time: string): number => Date.parse(`2026-11-${time}Z`) * 1_000;
const utc = calendarOf("utc");
const NOW = TODAY + DAY / 2 + 30_000_000;

/** Built bars of the minutes from `from` to before `to`. */
function minutes(from: number, to: number) {
  return mergeBars(Array.from({ length: to - from }, (_, index) => builtBar(from + index)));
}

describe("spans that a page lacks", () => {
  test("are none when every closed window of its range is held", () => {
    const range = { from: TODAY + HOUR, to: NOW };
    expect(missingChunks(utc, "1m", range, minutes(60, 720), NOW)).toEqual([]);
  });

  test("are those with a hole, the newest first, the last up to the open window", () => {
    const range = { from: TODAY - DAY, to: NOW };
    expect(missingChunks(utc, "1m", range, minutes(0, 700), NOW)).toEqual([
      { from: TODAY, to: TODAY + DAY / 2 },
      { from: TODAY - DAY, to: TODAY },
    ]);
  });

  test("are those with a bar that began before its symbol was complete", () => {
    const bars = mergeBars([builtBar(0, { complete: false }), builtBar(1)]);
    const range = { from: TODAY, to: TODAY + 2 * MINUTE };
    expect(missingChunks(utc, "1m", range, bars, NOW)).toHaveLength(1);
    expect(missingChunks(utc, "1m", { ...range, from: TODAY + MINUTE }, bars, NOW)).toEqual([]);
  });

  test("of a stock are not its nights, weekends and holidays", () => {
    const stock = calendarOf("us-equities");
    const range = { from: micros("20T00:00"), to: micros("27T00:00") };
    const days = ["20", "23", "24", "25"].map((day) => builtBar(0, { start: micros(`${day}T14:30`) }));
    const now = micros("27T22:30");
    expect(missingChunks(stock, "1d", range, mergeBars(days), now)).toEqual([]);
    expect(missingChunks(stock, "1d", range, mergeBars(days.slice(1)), now)).toHaveLength(1);
    // The session of the day has ended, its post-market has not.
    const [newest] = missingChunks(stock, "1d", { ...range, to: now }, mergeBars(days), micros("27T19:00"));
    expect(newest?.to).toBe(micros("27T18:00"));
  });

  test("are at most eight", () => {
    expect(missingChunks(utc, "1m", { from: TODAY - 30 * DAY, to: TODAY }, [], NOW)).toHaveLength(8);
  });
});

describe("a span is asked of its source", () => {
  const chunk = { from: TODAY, to: TODAY + DAY };
  const later = TODAY + ASK_AGAIN;

  test("when it never was", () => {
    expect(requestFor(chunk, undefined, NOW)).toBe("ask");
  });

  test("not while it is on its way", () => {
    expect(requestFor(chunk, backfill({ state: "fetching" }), later)).toBeNull();
  });

  test("anew when it has waited since a first start, so that who reads it is served before who does not", () => {
    const asked = backfill({ state: "wanted", requested: NOW });
    expect(requestFor(chunk, asked, NOW + ASK_SOONER - 1)).toBeNull();
    expect(requestFor(chunk, asked, NOW + ASK_SOONER)).toBe("again");
  });

  test("not again once it was answered, whatever windows had no trade", () => {
    expect(requestFor(chunk, backfill({ state: "done", ...chunk }), later)).toBeNull();
  });

  test("again, after a while, for what has come since the answer", () => {
    const answered = backfill({ state: "done", from: TODAY, to: TODAY + HOUR });
    expect(requestFor(chunk, answered, later - 1)).toBeNull();
    expect(requestFor(chunk, answered, later)).toBe("again");
  });

  test("again, after a while, when the source failed", () => {
    expect(requestFor(chunk, backfill({ state: "failed", ...chunk }), later - 1)).toBeNull();
    expect(requestFor(chunk, backfill({ state: "failed", ...chunk }), later)).toBe("again");
  });
});

describe("what the page says of history on its way", () => {
  const range = { from: TODAY, to: TODAY + DAY };

  test("is nothing when all was answered, or what is open lies elsewhere", () => {
    expect(backfillStatus([backfill({ state: "done", ...range })], range)).toBeNull();
    expect(backfillStatus([backfill({ from: TODAY - DAY, to: TODAY })], range)).toBeNull();
  });

  test("is the progress of all that is open", () => {
    const status = backfillStatus(
      [
        backfill({ state: "fetching", from: TODAY, to: TODAY + 3 * HOUR, progress: 1, bars: 180 }),
        backfill({ state: "wanted", from: TODAY + 3 * HOUR, to: TODAY + 4 * HOUR }),
      ],
      range,
    );
    expect(status).toEqual({
      state: "fetching",
      progress: 0.75,
      bars: 180,
      reason: null,
      from: TODAY,
      to: TODAY + 4 * HOUR,
    });
  });

  test("is the reason when it failed", () => {
    const status = backfillStatus([backfill({ state: "failed", reason: "Not reachable." })], range);
    expect(status).toMatchObject({ state: "failed", reason: "Not reachable." });
  });
});

test("what was fetched just now is being stored, as long as it is missing", () => {
  const fetched = backfill({ state: "done", from: TODAY, to: TODAY + DAY, bars: 5, updated: NOW });
  const missing = [{ from: TODAY, to: TODAY + DAY }];
  expect(isBeingStored([fetched], missing, NOW + STORED_WITHIN - 1)).toBe(true);
  expect(isBeingStored([backfill({ state: "failed", from: TODAY - DAY }), fetched], missing, NOW)).toBe(true);
  expect(isBeingStored([fetched], missing, NOW + STORED_WITHIN)).toBe(false);
  expect(isBeingStored([fetched], [], NOW)).toBe(false);
  expect(isBeingStored([{ ...fetched, bars: 0 }], missing, NOW)).toBe(false);
});

test("a source has nothing older when the whole span before the oldest bar's was answered with nothing", () => {
  const nothing = backfill({ state: "done", from: TODAY - DAY, to: TODAY, bars: 0 });
  expect(isExhausted("1m", TODAY + HOUR, [nothing])).toBe(true);
  expect(isExhausted("1m", TODAY + HOUR, [{ ...nothing, bars: 3 }])).toBe(false);
  expect(isExhausted("1m", TODAY + HOUR, [{ ...nothing, state: "fetching" }])).toBe(false);
  expect(isExhausted("1m", TODAY + HOUR, [{ ...nothing, interval: "5m" }])).toBe(false);
  expect(isExhausted("1m", TODAY + HOUR, [])).toBe(false);
});
