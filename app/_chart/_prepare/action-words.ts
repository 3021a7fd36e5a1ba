import type { Adjustment } from "#lib/contracts/adjustments.ts";
import type { CorporateAction } from "#lib/domain/adjustment/action.ts";
import type { Factors } from "#lib/domain/adjustment/adjuster.ts";
import type { AdjustmentMode, AdjustmentStep } from "#lib/domain/adjustment/steps.ts";
import type { Micros } from "#lib/domain/interval.ts";

/** `4:1 split`, `dividend of 0.205`. */
export function actionWords(action: CorporateAction): string {
  return action.kind === "split" ? `${action.newShares}:${action.oldShares} split` : `dividend of ${action.amount}`;
}

/** `prices × 0.25, volume × 4`: what was done to a bar; empty where nothing was. */
export function factorWords({ price, volume }: Factors): string {
  const parts = [price === 1 ? "" : `prices × ${short(price)}`, volume === 1 ? "" : `volume × ${short(volume)}`];
  return parts.filter(Boolean).join(", ");
}

/** An action, its ex-day, and what it does in this mode to what was before. */
export function stepWords({ action, price, volume }: AdjustmentStep, mode: AdjustmentMode): string {
  const words = `${action.day}: ${actionWords(action)}`;
  if (price === null) return `${words}; not applied, for no close before it is held that is above it`;
  const factors = factorWords({ price, volume });
  if (factors !== "") return `${words}; before it ${factors}`;
  return `${words}; not applied, ${mode === "raw" ? "prices are as traded" : "only splits are"}`;
}

const TOLD: Readonly<Record<AdjustmentMode, string>> = {
  raw: "Prices are as traded.",
  split: "Prices are adjusted for splits.",
  total: "Prices are adjusted for splits and dividends.",
};

/** The mode and the actions of a stretch in a sentence each; empty of a ticker that has none at all. */
export function adjustmentSummary(adjustment: Adjustment | null, from: Micros, to: Micros): string {
  if (!adjustment || adjustment.steps.length === 0) return "";
  const within = adjustment.steps.filter(({ before }) => before > from && before <= to);
  const told = within.map((step) => stepWords(step, adjustment.mode));
  return [TOLD[adjustment.mode], ...told.map((words) => `${words}.`)].join(" ");
}

const short = (factor: number): string => String(Number(factor.toPrecision(6)));
