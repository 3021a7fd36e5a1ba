import type { InstrumentView } from "#lib/contracts/views.ts";
import { parseComposite } from "#lib/domain/composite/name.ts";

/** What a composite's number is a number of, where its legs have other currencies with the warning that no rate is applied. */
export function unitWords({ symbol, legs }: Pick<InstrumentView, "symbol" | "legs">): string {
  const operation = parseComposite(symbol)?.operation;
  if (!legs || !operation) return "";
  const [left, right] = [legs[0].currency, legs[1].currency];
  if (left === right) return operation === "/" ? "a ratio, without a unit" : left;
  const done = operation === "/" ? "divided by" : "less";
  return `${left} ${done} ${right}: no exchange rate is applied`;
}

/** How its bars are made, a sentence each. */
export function madeWords({ symbol, legs }: Pick<InstrumentView, "symbol" | "legs">): string[] {
  const operation = parseComposite(symbol)?.operation;
  if (!legs || !operation) return [];
  const [left, right] = [legs[0].ticker, legs[1].ticker];
  const done = operation === "/" ? "divided by" : "less";
  const differ = legs[0].calendar !== legs[1].calendar;
  return [
    `${left} ${done} ${right}, from the bars of both in the windows in which both traded; a price of another time is not carried over.`,
    "Open and close are those of both, exact as far as they came at the same moment.",
    `High and low are bounds: high of the one against low of the other. Bars do not say which prices stood at the same time.`,
    ...(differ
      ? ["They trade at different hours: only times when both are open have bars, and hours and days have none."]
      : []),
  ];
}
