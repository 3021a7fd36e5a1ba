import type { AdjustmentStep } from "../adjustment/steps.ts";
import type { CompositeOperation } from "./name.ts";

/**
 * What the actions of both legs do to their composite, oldest first. A ratio is multiplied by what multiplies its left leg and divided by what
 * multiplies its right one. A spread is not multiplied by anything: none; its bars are made from adjusted legs all the same.
 */
export function composeSteps(
  operation: CompositeOperation,
  left: readonly AdjustmentStep[],
  right: readonly AdjustmentStep[],
): AdjustmentStep[] {
  if (operation === "-") return [];
  const lefts = left.map((step) => ({ ...step, volume: 1 }));
  const rights = right.map((step) => ({ ...step, price: step.price === null ? null : 1 / step.price, volume: 1 }));
  return [...lefts, ...rights].toSorted((a, b) => a.before - b.before);
}
