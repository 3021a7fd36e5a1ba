import { followedBars } from "#lib/alerts/bar-lines.ts";
import { RuleBook } from "#lib/alerts/rule-book.ts";
import { Watch } from "#lib/alerts/watch.ts";
import { barsOf, alertRule, BEGIN, lineOf } from "#test/unit/alerts/lines.ts";
import type { Figure } from "./figures.ts";
import { cpuSeconds } from "./in-memory.ts";

const SYMBOLS = 1000;
const ROUNDS = 200;
/** Each point is the best of so many: on a shared machine whatever else runs only ever adds. */
const TIMES = 5;

/** What a bar that is told costs the alerts worker: of a symbol without a rule, with one, with a hundred. */
export async function alertFigures(): Promise<Figure[]> {
  const prices = Array.from({ length: ROUNDS }, (_, round) => 100 + Math.sin(round / 5));
  const frames = barsOf(prices).map((bar) =>
    Buffer.from(Array.from({ length: SYMBOLS }, (_, index) => JSON.stringify(lineOf(bar, `SIM:S${index}`))).join("\n")),
  );
  const figures: Figure[] = [];
  for (const [name, rules, share] of [
    ["no rule on its symbol", 1, 0],
    ["one rule", 1, 1],
    ["100 rules", 100, 0.1],
  ] as const) {
    const watched = Math.max(1, SYMBOLS * share);
    const all = Array.from({ length: watched * rules }, (_, index) => {
      return alertRule(index, { symbol: share === 0 ? "SIM:OTHER" : `SIM:S${index % watched}` });
    });
    const book = new RuleBook(
      { rules: () => Promise.resolve({ rules: all.map((rule) => ({ rule, version: "1" })), unread: [] }) },
      () => undefined,
    );
    await book.refresh();
    const seconds = Array.from({ length: TIMES }, () => {
      const watch = new Watch(book, {});
      return cpuSeconds(() => {
        for (const frame of frames) {
          for (const bar of followedBars(frame, (symbol) => book.watches(symbol))) watch.show(bar, BEGIN, BEGIN);
        }
      });
    });
    const lines = frames.length * (share === 0 ? SYMBOLS : watched);
    figures.push({
      name: `alerts: a bar with ${name}`,
      value: (1e6 * Math.min(...seconds)) / lines,
      unit: "µs",
      aim: null,
    });
  }
  return figures;
}
