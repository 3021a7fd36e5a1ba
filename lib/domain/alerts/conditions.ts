import { HOUR, MINUTE, type Micros } from "../interval.ts";
import type { Condition } from "./rule.ts";

/** What a price did since it was last looked at: where it came from, where it is, and the extremes that are new. */
export interface Move {
  from: number | null;
  high: number;
  low: number;
  close: number;
}

/** A start of a minute and its last price. */
export type MinuteClose = readonly [start: Micros, close: number];

/** A price that old says nothing about the moment it is asked for. */
const OLDEST: Micros = HOUR;

/** The price at which a level was crossed or reached, the present one where it is beyond; null where it was not. */
export function levelPrice(condition: Extract<Condition, { level: number }>, move: Move): number | null {
  const { level } = condition;
  const up = (): number | null => (move.close >= level ? move.close : move.high >= level ? move.high : null);
  const down = (): number | null => (move.close <= level ? move.close : move.low <= level ? move.low : null);
  if (condition.kind !== "cross") return condition.kind === "above" ? up() : down();
  // Without a price before there is nothing that could have crossed.
  if (move.from === null) return null;
  if (move.from < level && condition.direction !== "down") return up();
  return move.from > level && condition.direction !== "up" ? down() : null;
}

/** The move in percent of the price `minutes` before, where it is as large as asked for; null where it is not, or that price is not known. */
export function changeBeyond(
  { percent, minutes, direction }: Extract<Condition, { kind: "change" }>,
  closes: readonly MinuteClose[],
  start: Micros,
  { high, low, close }: Move,
): { price: number; change: number } | null {
  const before = start - minutes * MINUTE;
  const reference = closes.findLast(([minute]) => minute <= before);
  if (!reference || before - reference[0] > OLDEST) return null;
  const changeOf = (price: number): number => (100 * (price - reference[1])) / reference[1];
  const isBeyond = (change: number): boolean =>
    (direction !== "down" && change >= percent) || (direction !== "up" && change <= -percent);
  const price = [close, high, low].find((each) => isBeyond(changeOf(each)));
  return price === undefined ? null : { price, change: changeOf(price) };
}

/** The closes that a later minute may be compared with: the newest of each minute, and one from before the first that counts. */
export function keepCloses(
  closes: readonly MinuteClose[],
  minutes: number,
  start: Micros,
  close: number,
): readonly MinuteClose[] {
  const earlier = closes.at(-1)?.[0] === start ? closes.slice(0, -1) : closes;
  const first = earlier.findLastIndex(([minute]) => minute <= start - minutes * MINUTE);
  return [...earlier.slice(Math.max(0, first)), [start, close]];
}
