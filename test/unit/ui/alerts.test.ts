import { describe, expect, test } from "vitest";
import type { AlertTrigger, RuleContent } from "#lib/contracts/alerts.ts";
import type { AlertRow } from "#lib/contracts/alert-views.ts";
import { DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { contentOf, expiryOf, fieldsOf, newFields, saidBy, type AlertFields } from "../../../app/_lib/alert-form.ts";
import {
  barHref,
  contentToRestore,
  deliveryWords,
  firstMark,
  firedWords,
  levelsOf,
  mayChange,
  levelText,
  tickWords,
  unreadOf,
  watchedWords,
} from "../../../app/_lib/alerts.ts";
import { pointedPrice } from "../../../app/_chart/_prepare/price-pixels.ts";
import { AlertFeed } from "../../../app/_live/alert-feed.ts";
import { alertRule, BEGIN, SYMBOL } from "../alerts/lines.ts";

const row = (over: Partial<RuleContent> = {}, status: AlertRow["status"] = "watching"): AlertRow => {
  return { rule: alertRule(1, over), version: "1.1", status, firings: null };
};

function trigger(over: Partial<AlertTrigger> = {}): AlertTrigger {
  const { id: rule, condition } = alertRule(1);
  const place = { partition: 2, epoch: 1, offset: 12_345, line: 7, ticks: 1 };
  const times = { start: BEGIN, time: BEGIN, recorded: BEGIN };
  const delivery = { state: "pages", attempts: 0, reason: null, time: BEGIN } as const;
  const shared = { rule, revision: 1, symbol: SYMBOL, condition, interval: "1m", note: "" } as const;
  return { id: "1", ...shared, ...place, ...times, price: 101, value: 101, delivery, ...over };
}

const form = (over: Partial<AlertFields>): AlertFields => ({ ...newFields(190.126, 2), ...over });

describe("the form", () => {
  test("begins with crossing the price that was pointed at, with the decimals of the tick", () => {
    expect(saidBy(form({}))).toEqual({
      condition: { kind: "cross", level: 190.13, direction: "either" },
      frequency: { kind: "once" },
    });
    expect(newFields(null, 2).level).toBe("");
  });

  test("names the first field that says nothing", () => {
    expect(saidBy(form({ level: "" }))).toMatchObject({ field: "level" });
    expect(saidBy(form({ level: "-1" }))).toMatchObject({ field: "level" });
    expect(saidBy(form({ kind: "change", percent: "0" }))).toMatchObject({ field: "percent" });
    expect(saidBy(form({ kind: "change", minutes: "61" }))).toMatchObject({ field: "minutes" });
    expect(saidBy(form({ kind: "volume", amount: "many" }))).toMatchObject({ field: "amount" });
    expect(saidBy(form({ frequency: "every", seconds: "5" }))).toMatchObject({ field: "seconds" });
  });

  test.each<Partial<RuleContent>>([
    {},
    { condition: { kind: "below", level: 0.00012 }, frequency: { kind: "once" }, session: "regular" },
    { condition: { kind: "above", level: 1e-7 } },
    { condition: { kind: "change", percent: 2.5, minutes: 15, direction: "down" }, note: "fast" },
    { condition: { kind: "volume", amount: 1e6 }, frequency: { kind: "close" }, interval: "5m" },
  ])("says of a rule what the rule says: %o", (over) => {
    const rule = alertRule(1, over);
    const fields = fieldsOf(rule);
    expect(saidBy(fields)).toEqual({ condition: rule.condition, frequency: rule.frequency });
    expect(fields).toMatchObject({ interval: rule.interval, session: rule.session, note: rule.note });
  });

  test("shows a small level in digits", () => {
    expect(fieldsOf(alertRule(1, { condition: { kind: "above", level: 1e-7 } })).level).toBe("0.0000001");
  });

  test("an expiry is kept, taken away or counted from now", () => {
    expect(fieldsOf(alertRule(1, { expires: 7 })).life).toBe("kept");
    expect(["kept", "never", "1 day"].map((life) => expiryOf(life as AlertFields["life"], 100, 7))).toEqual([
      7,
      null,
      100 + DAY,
    ]);
  });
});

test("levels keep the decimals that somebody gave them", () => {
  expect([190, 190.5, 0.000125, 1e-7, 1.25e-9].map(levelText)).toEqual([
    "190.00",
    "190.50",
    "0.000125",
    "0.0000001",
    "0.00000000125",
  ]);
  expect(watchedWords(alertRule(1))).toBe("price crosses up 100.00");
});

test("only levels of rules that watch are drawn, by their note where they have one", () => {
  const rows = [
    row(),
    row({ note: "breakout" }),
    row({}, "paused"),
    row({ symbol: "SIM:MSFT" }),
    row({ condition: { kind: "volume", amount: 5 } }),
  ];
  expect(levelsOf(rows, SYMBOL).map(({ words }) => words)).toEqual(["crosses up 100.00", "breakout"]);
});

test("a rule that was removed comes back as it was, and one that was over paused", () => {
  expect(contentToRestore(row({ expires: 5, note: "n" }))).toMatchObject({ enabled: true, expires: 5, note: "n" });
  expect(contentToRestore(row({}, "done"))).toMatchObject({ enabled: false });
  expect(contentToRestore(row({ expires: 5 }, "expired"))).toMatchObject({ enabled: false, expires: null });
});

test("a firing says its price, its tick and where the news went", () => {
  expect(firedWords(trigger())).toBe("101.00");
  const condition = { kind: "change", percent: 1, minutes: 5, direction: "down" } as const;
  expect(firedWords(trigger({ condition, value: -1.234 }))).toBe("101.00, −1.23 %");
  expect(tickWords(trigger())).toBe("ticks 2, offset 12,345, line 7");
  expect(tickWords(trigger({ ticks: 3 }))).toContain("the last of 3");
  expect(deliveryWords({ state: "failed", attempts: 4, reason: "The receiver answered 500.", time: 1 })).toBe(
    "not posted: The receiver answered 500.",
  );
  expect(barHref(trigger())).toBe("/symbols/SIM%3AAAPL?interval=1m&to=2026-01-05T15:00:00Z&bar=2026-01-05T15:00:00Z");
});

test("nothing is unread before the first visit, and then what was noticed after the last", () => {
  const triggers = [5, 6, 7].map((recorded) => ({ recorded }));
  expect([null, 5, 9].map((read) => unreadOf(triggers, read))).toEqual([0, 2, 0]);
});

test("at the first visit all that there is counts as seen, by when it was noticed and by no clock of the visitor", () => {
  expect(firstMark([7, 5].map((recorded) => ({ recorded })))).toBe(7);
  expect(unreadOf([{ recorded: 8 }], firstMark([]))).toBe(1);
});

test("an alert is handed on once, however often a stream brings it", () => {
  const feed = new AlertFeed();
  const heard: string[] = [];
  feed.subscribe((fresh) => heard.push(...fresh.map(({ id }) => id)));
  feed.publish([trigger({ id: "1" }), trigger({ id: "2" })], BEGIN);
  feed.publish([trigger({ id: "2" }), trigger({ id: "3" })], BEGIN);
  expect(heard).toEqual(["1", "2", "3"]);
});

test("what was noticed before the page's first frame is no news, by the server's clock, whatever the visitor's says", () => {
  const feed = new AlertFeed();
  const heard: string[] = [];
  feed.subscribe((fresh) => heard.push(...fresh.map(({ id }) => id)));
  feed.publish([], BEGIN);
  feed.publish(
    [trigger({ id: "old", recorded: BEGIN - 3 * SECOND }), trigger({ id: "just", recorded: BEGIN - SECOND })],
    BEGIN + SECOND,
  );
  feed.publish([trigger({ id: "new", recorded: BEGIN + MINUTE })], BEGIN + MINUTE);
  expect(heard).toEqual(["just", "new"]);
});

test("an edit keeps a paused rule paused; a new one watches", () => {
  const said = saidBy(form({}));
  if ("why" in said) throw new Error(said.why);
  expect(contentOf(form({}), said, { before: null, now: 100 })).toMatchObject({ enabled: true, expires: null });
  const before = alertRule(1, { enabled: false, expires: 7 });
  const fields = form({ life: "kept" });
  expect(contentOf(fields, said, { before, now: 100 })).toMatchObject({ enabled: false, expires: 7 });
  expect(contentOf(fields, said, { before: { ...before, enabled: true }, now: 100 }).enabled).toBe(true);
});

test("beside the prices nobody points at one", () => {
  const layout = { top: 56, plotHeight: 100, priceHeight: 164 };
  const scale = { kind: "linear", low: 100, high: 200 } as Parameters<typeof pointedPrice>[1];
  const at = (y: number): number | null => pointedPrice(y, scale, layout as Parameters<typeof pointedPrice>[2]);
  expect([at(56), at(156), at(200), at(10)]).toEqual([200, 100, null, null]);
});

const of = (by: string | null) => ({ rule: { ...row().rule, by } });
const who = (name: string, role: "viewer" | "trader" | "admin") => ({ name, role, builtIn: false });

test("an alert is changed by who made it, while they may, and by admins", () => {
  expect(mayChange(who("tom", "trader"), of("tom"))).toBe(true);
  expect(mayChange(who("tom", "trader"), of("vera"))).toBe(false);
  expect(mayChange(who("tom", "trader"), of(null))).toBe(false);
  expect(mayChange(who("tom", "viewer"), of("tom"))).toBe(false);
  expect(mayChange(who("ann", "admin"), of(null))).toBe(true);
  expect(mayChange(null, of(null))).toBe(false);
});
