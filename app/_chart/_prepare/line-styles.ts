import type { ChosenIndicator } from "../../_lib/chosen-indicators.ts";

/** How a line is drawn, as class names of the style sheet. */
export interface LineStyle {
  /** Of the principal line: weight and dash. */
  main: string;
  /** Of what surrounds it: thinner. */
  edge: string;
  color: string;
}

/** Kinds of dash and weight, in the order in which lines take them; the first is the accent's. */
const WEIGHTS = 8;
/** Thicker ones before thinner ones: a compared line is no side matter. */
const COMPARED_WEIGHTS = [0, 2, 4, 5, 6, 3, 7, 1];

/** A style for each line: those of a pane begin anew, for they meet no others. Dash and weight tell lines apart, colour only repeats it. */
export function lineStyles(
  chosen: readonly ChosenIndicator[],
  isAlone: (one: ChosenIndicator) => boolean,
): LineStyle[] {
  let next = 0;
  return chosen.map((one) => {
    const weight = isAlone(one) ? 0 : next++ % WEIGHTS;
    return {
      main: `ind w${weight}`,
      edge: "ind edge",
      color: one.color === "plain" ? `hue-w${weight}` : `hue-${one.color}`,
    };
  });
}

/** Styles of compared symbols: hues of their own, and dashes from the second on. */
export function comparedStyles(count: number): LineStyle[] {
  const hues = ["hue-violet", "hue-olive", "hue-rose", "hue-teal"];
  return Array.from({ length: count }, (_, place) => {
    const weight = COMPARED_WEIGHTS[place % COMPARED_WEIGHTS.length] ?? 0;
    return { main: `ind w${weight}`, edge: "ind edge", color: hues[place % hues.length] ?? "hue-violet" };
  });
}
