import { describe, expect, test } from "vitest";
import type { SessionMove, VolumeNormalView } from "#lib/contracts/overview-views.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { hasSessions, moversOf, parseMoversSession, presentSession } from "../../../app/_lib/movers.ts";
import { normalWords, percentileText, ratioText, tooFewWords, unusualOf } from "../../../app/_lib/normal.ts";
import { instrument, quote } from "./market.ts";

const at = (text: string): number => Date.parse(text) * 1_000;
const CLOSE = at("2026-11-20T21:00Z");
const END = at("2026-11-21T01:00Z");

const move = (symbol: string, price: number, base = 100): SessionMove => ({
  symbol,
  start: CLOSE,
  end: END,
  price,
  base,
  percent: (price / base - 1) * 100,
});
const moves = [move("SIM:A", 102), move("SIM:B", 95), move("SIM:C", 100), move("SIM:D", 130), move("SIM:GONE", 200)];
const all = ["SIM:A", "SIM:B", "SIM:C"].map((symbol) => instrument(symbol));
const instruments = new Map(
  [...all, instrument("SIM:D", { recorded: true }), instrument("SIM:E")].map((one) => [one.symbol, one]),
);
const words = (lists: ReturnType<typeof moversOf>) =>
  [lists.gaining, lists.losing].map((list) => list.map(({ instrument: { ticker }, last }) => `${ticker} ${last}`));

/** Quotes of which A alone has a trade. */
const traded = (tradeTime: number) => (symbol: string) =>
  symbol === "SIM:A" ? quote(symbol, { last: 90, tradeTime, previousClose: 10 }) : undefined;

describe("movers", () => {
  test("are those that moved, the furthest first; not recordings, nor what did not trade in the session", () => {
    expect(words(moversOf(moves, instruments, () => undefined, 7))).toEqual([["A 102"], ["B 95"]]);
    expect(words(moversOf([move("SIM:A", 102), move("SIM:B", 103)], instruments, () => undefined, 1))).toEqual([
      ["B 103"],
      [],
    ]);
  });

  test("follow a trade of their session at once, against its own base, and no trade of another", () => {
    expect(words(moversOf(moves, instruments, traded(CLOSE + MINUTE), 7))).toEqual([[], ["A 90", "B 95"]]);
    expect(words(moversOf(moves, instruments, traded(CLOSE - 1), 7))[0]).toEqual(["A 102"]);
    expect(words(moversOf(moves, instruments, traded(END), 7))[0]).toEqual(["A 102"]);
  });

  test("are those of the session that goes on, of the regular one where none does or there is no other", () => {
    const stocks = [{ calendar: "utc" }, { calendar: "us-equities" }] as const;
    const times = ["2026-11-20T10:00Z", "2026-11-20T15:00Z", "2026-11-20T22:00Z", "2026-11-21T12:00Z"];
    expect(times.map((time) => presentSession(stocks, at(time)))).toEqual(["pre", "regular", "post", "regular"]);
    expect(presentSession([{ calendar: "utc" }], at("2026-11-20T22:00Z"))).toBe("regular");
    expect([hasSessions(all), hasSessions([instrument("SIM:S", { calendar: "us-equities" })])]).toEqual([false, true]);
    expect([parseMoversSession("post"), parseMoversSession("closed"), parseMoversSession(null)]).toEqual([
      "post",
      null,
      null,
    ]);
  });
});

const normal = (symbol: string, over: Partial<VolumeNormalView> = {}): VolumeNormalView => ({
  symbol,
  session: "regular",
  from: CLOSE,
  to: CLOSE + 90 * MINUTE,
  volume: 12_000,
  sessions: 20,
  median: 6_000,
  ratio: 2,
  percentile: 95,
  fetching: false,
  ...over,
});
const TOO_FEW = { sessions: 2, median: null, ratio: null, percentile: null };

describe("volume against normal", () => {
  test("is written as a multiple and a percentile, a dash where it is not known", () => {
    expect([0, 0.424, 0.996, 1.84, 9.96, 130, null, undefined].map(ratioText)).toEqual([
      "0.00×",
      "0.42×",
      "1.0×",
      "1.8×",
      "10×",
      "130×",
      "—",
      "—",
    ]);
    expect([0, 97.5, 100, null].map(percentileText)).toEqual(["p0", "p98", "p100", "—"]);
  });

  test("says what it rests on, or why there is none", () => {
    expect(normalWords(normal("SIM:A"))).toBe(
      "12.0K in the session’s first 90 minutes; 6,000 is the median of 20 sessions, and 95 % of them had less",
    );
    expect(normalWords(normal("SIM:A", TOO_FEW))).toBe("minutes of 2 sessions are stored, 5 are needed");
    expect(normalWords(normal("SIM:A", { volume: null, ratio: null, percentile: null }))).toMatch(
      /^nothing has traded/,
    );
    expect(tooFewWords([normal("SIM:A", TOO_FEW)])).toContain("those of 2 sessions at most");
    expect(tooFewWords([])).toContain("none yet");
    const more = normal("SIM:A", { ...TOO_FEW, fetching: true });
    expect(normalWords(more)).toMatch(/5 are needed: more are being fetched$/);
    expect(tooFewWords([more, normal("SIM:B", TOO_FEW)])).toMatch(/Those of one symbol are being fetched\.$/);
  });

  test("ranks by percentile, then by multiple, without what is not known", () => {
    const rows = [
      normal("SIM:A"),
      normal("SIM:B", { percentile: 100, ratio: 2 }),
      normal("SIM:C", { percentile: 100, ratio: 5 }),
      normal("SIM:D", TOO_FEW),
    ];
    expect(unusualOf(rows, 2).map(({ symbol }) => symbol)).toEqual(["SIM:C", "SIM:B"]);
    expect(unusualOf(rows, 9)).toHaveLength(3);
  });
});
