import { describe, expect, test, vi } from "vitest";
import { mergePrints, PRINTS_KEPT } from "../../../app/_lib/prints.ts";
import {
  changeOf,
  dayChangeOf,
  extendedName,
  isNewerQuote,
  nextCell,
  noChangeWords,
} from "../../../app/_lib/quotes.ts";
import { QuoteStore } from "../../../app/_live/quote-store.ts";
import { quote } from "./market.ts";

const print = (id: number, time = id) => ({ id, time, price: 1, size: 1, side: null });

describe("quotes", () => {
  test("an older snapshot never replaces what the stream has brought", () => {
    const now = quote("A", { time: 2_000 });
    expect(isNewerQuote(now, quote("A", { time: 1_999 }))).toBe(false);
    expect(isNewerQuote(now, quote("A", { time: 2_000, watermark: 999 }))).toBe(false);
    expect(isNewerQuote(now, quote("A", { time: 2_000, watermark: 5_000 }))).toBe(true);
    expect(isNewerQuote(quote("A", { time: null, watermark: null }), now)).toBe(true);
  });

  test("a changed price flashes its direction, at most once a second", () => {
    const first = nextCell(undefined, quote("A"), 0);
    const up = nextCell(first, quote("A", { last: 101, time: 1_001 }), 10);
    const again = nextCell(up, quote("A", { last: 99, time: 1_002 }), 900);
    const down = nextCell(again, quote("A", { last: 98, time: 1_003 }), 1_011);
    expect([first.flash, up.flash?.direction, again.flash, down.flash?.direction]).toEqual([
      null,
      "up",
      up.flash,
      "down",
    ]);
    expect([again.quote.last, down.flash?.id]).toEqual([99, 2]);
  });

  test("the first price, and one that did not change, do not flash", () => {
    const unknown = nextCell(undefined, quote("A", { last: null, time: null, watermark: null }), 0);
    expect(nextCell(unknown, quote("A"), 5).flash).toBeNull();
    expect(nextCell(nextCell(undefined, quote("A"), 0), quote("A", { time: 2_000 }), 5).flash).toBeNull();
  });

  test("without a trade today, or a close before, there is no change: that is not 0.00 %", () => {
    const none = { absolute: null, percent: null };
    expect(changeOf(quote("A", { base: null }))).toEqual(none);
    expect(changeOf(undefined)).toEqual(none);
    expect(changeOf(quote("A", { last: 101 }))).toEqual({ absolute: 1, percent: 1 });
    for (const dayTrades of [null, 0]) expect(dayChangeOf(quote("A", { dayTrades }))).toEqual(none);
  });

  test("in extended hours the last price is held against the newest regular close, and the day against the close before", () => {
    const after = quote("A", { session: "post", last: 121, base: 110, dayClose: 110 });
    expect([changeOf(after).percent, dayChangeOf(after).percent, extendedName(after)]).toEqual([10, 10, "Post-market"]);
    expect(dayChangeOf({ ...after, dayClose: null }).percent).toBeNull();
    const before = quote("A", { session: "pre", last: 105, base: 100, dayTrades: null });
    expect([changeOf(before).percent, dayChangeOf(before).percent, noChangeWords(before)]).toEqual([5, null, "—"]);
    expect(extendedName(quote("A"))).toBeNull();
  });

  test("a store tells each symbol's listeners of that symbol only", () => {
    const store = new QuoteStore();
    const [a, b, any] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
    store.subscribe("A", a);
    const off = store.subscribe("B", b);
    store.subscribeAny(any);
    store.merge([quote("A")], 0);
    store.merge([quote("A", { time: 1 })], 0);
    off();
    store.merge([quote("B")], 0);
    expect([a, b, any].map((listener) => listener.mock.calls.length)).toEqual([1, 0, 2]);
    expect([store.version, store.newest, store.quote("B")?.last]).toEqual([2, 1_000, 100]);
  });
});

describe("prints", () => {
  test("are kept newest first, each once, and no more than the capacity", () => {
    const held = mergePrints([], [print(1), print(3)]);
    expect(mergePrints(held, [print(2), print(3)]).map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(mergePrints(held, [print(1)])).toBe(held);
    const many = Array.from({ length: PRINTS_KEPT + 50 }, (_, i) => print(i));
    expect([mergePrints([], many).length, mergePrints([], many)[0]?.id]).toEqual([PRINTS_KEPT, PRINTS_KEPT + 49]);
  });
});

test("no trade today is said in words, never as a change of nothing", () => {
  for (const dayTrades of [null, 0]) {
    const silent = quote("A", { dayTrades, last: 100, session: null, base: null });
    expect([changeOf(silent).percent, noChangeWords(silent)]).toEqual([null, "no trade today"]);
  }
  expect(noChangeWords(quote("A", { last: null }))).toBe("—");
  expect(noChangeWords(undefined)).toBe("—");
});
