/** How bars are drawn, in the order of the menu. */
export const CHART_TYPES = ["candles", "hollow", "bars", "line", "area", "heikin-ashi"] as const;
export type ChartType = (typeof CHART_TYPES)[number];

export const CHART_TYPE_WORDS: Readonly<Record<ChartType, string>> = {
  candles: "Candles",
  hollow: "Hollow candles",
  bars: "Bars",
  line: "Line",
  area: "Area",
  "heikin-ashi": "Heikin-Ashi",
};

export const isChartType = (text: string): text is ChartType => (CHART_TYPES as readonly string[]).includes(text);

/** The type after this one in the menu, or before it; from the end it begins again. */
export function nextType(type: ChartType, by: 1 | -1): ChartType {
  return CHART_TYPES.at((CHART_TYPES.indexOf(type) + by) % CHART_TYPES.length) ?? type;
}
