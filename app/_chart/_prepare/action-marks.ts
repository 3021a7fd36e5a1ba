import type { Adjustment } from "#lib/contracts/adjustments.ts";
import { indexAt } from "../../_lib/bars.ts";
import type { BarSeries } from "../bar-series.ts";
import { stepWords } from "./action-words.ts";
import { type PlacedView, xOf } from "./viewport.ts";

/** Splits and dividends at one place of the time axis. */
export interface ActionMark {
  x: number;
  /** `S` where any of them is a split, else `D`. */
  letter: "S" | "D";
  words: string;
}

/** Marks nearer to each other than this become one, pixels. */
export const MARK = 15;

/** A mark under the first bar of each ex-day in sight, from left to right. */
export function actionMarks(
  { mode, steps }: Adjustment,
  series: Pick<BarSeries, "closed" | "forming" | "first" | "last">,
  view: PlacedView,
  width: number,
): ActionMark[] {
  const closed = series.closed();
  const marks: ActionMark[] = [];
  for (const step of steps) {
    const index = indexAt(closed, step.before - 1) + 1;
    const isThere = index < closed.length || (series.forming()?.start ?? -1) >= step.before;
    const x = xOf(view, series.first + index);
    // Before the oldest bar held there may be others.
    if (index === 0 || !isThere || x < 0 || x > width) continue;
    const letter = step.action.kind === "split" ? "S" : "D";
    const words = stepWords(step, mode);
    const last = marks.at(-1);
    if (last && x - last.x < MARK) {
      last.words += `\n${words}`;
      if (letter === "S") last.letter = letter;
    } else marks.push({ x, letter, words });
  }
  return marks;
}
