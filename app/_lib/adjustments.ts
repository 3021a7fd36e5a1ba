import { ADJUSTMENTS, type AdjustmentMode } from "#lib/domain/adjustment/steps.ts";

/** What is done to prices, in the order of the menu. */
export const ADJUSTMENT_WORDS: Readonly<Record<AdjustmentMode, string>> = {
  raw: "As traded",
  split: "Split-adjusted",
  total: "Total return",
};

export const ADJUSTMENT_TITLES: Readonly<Record<AdjustmentMode, string>> = {
  raw: "Prices and volumes as they were traded, whatever was split since",
  split: "In shares of today: prices before a split are divided by it, volumes multiplied",
  total: "Split-adjusted, and as if each dividend had been invested again on its ex-day",
};

export const isAdjustment = (text: string): text is AdjustmentMode => (ADJUSTMENTS as readonly string[]).includes(text);
