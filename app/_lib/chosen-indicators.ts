import { kindOf } from "#lib/domain/indicators/kinds.ts";
import { LINE_COLORS, type LineColor } from "#lib/contracts/drawings.ts";
import { formatSpec, type IndicatorSpec, MOST_INDICATORS, parseSpec, usualSpec } from "#lib/domain/indicators/spec.ts";

export const COLOR_WORDS: Readonly<Record<LineColor, string>> = {
  plain: "Plain",
  teal: "Teal",
  violet: "Violet",
  rose: "Rose",
  olive: "Olive",
};

/** An indicator of a chart and how it is drawn. */
export interface ChosenIndicator extends IndicatorSpec {
  readonly color: LineColor;
}

/** Panes besides price and volume. */
export const MOST_PANES = 2;

const isColor = (text: string): text is LineColor => (LINE_COLORS as readonly string[]).includes(text);

export const isInPane = ({ kind }: IndicatorSpec): boolean => kindOf(kind).place === "pane";

/** What a chart shows that nobody has changed. */
export const USUAL_INDICATORS: readonly ChosenIndicator[] = [{ ...usualSpec("vwap"), color: "plain" }];

/** Why no more of a kind can be added, in words; null where there is room. */
export function fullWords(chosen: readonly ChosenIndicator[], added: IndicatorSpec): string | null {
  if (chosen.length >= MOST_INDICATORS) return `${MOST_INDICATORS} indicators are the most; remove one first.`;
  if (isInPane(added) && chosen.filter(isInPane).length >= MOST_PANES) {
    return "Four panes are the most; remove one of the two below the volume first.";
  }
  return null;
}

/** `sma:20,rsi:14.violet`; `none` for an empty chart. What is not understood, and what has no room, is left out. */
export function parseIndicators(text: string): readonly ChosenIndicator[] {
  if (text === "") return USUAL_INDICATORS;
  const chosen: ChosenIndicator[] = [];
  for (const part of text.split(",").slice(0, 4 * MOST_INDICATORS)) {
    const [, numbers = part, color = "plain"] = /^(.*)\.([a-z]+)$/.exec(part) ?? [];
    const spec = parseSpec(numbers);
    if (spec && isColor(color) && fullWords(chosen, spec) === null) chosen.push({ ...spec, color });
  }
  return chosen.length === 0 && text !== "none" ? USUAL_INDICATORS : chosen;
}

/** The text that `parseIndicators` reads; empty where nothing was changed. */
export function formatIndicators(chosen: readonly ChosenIndicator[]): string {
  const text = chosen.map((one) => formatSpec(one) + (one.color === "plain" ? "" : `.${one.color}`)).join(",");
  if (text === "") return "none";
  return text === USUAL_INDICATORS.map(formatSpec).join(",") ? "" : text;
}

/** `SMA 20`, `BB 20, 2`, `VWAP ± 1 σ`. */
export function indicatorLabel({ kind, parameters }: IndicatorSpec): string {
  const { short } = kindOf(kind);
  if (kind !== "vwap") return `${short} ${parameters.join(", ")}`;
  return parameters[0] === 0 ? short : `${short} ± ${parameters.join(", ")} σ`;
}
