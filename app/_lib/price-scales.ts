/** What the price axis shows, in the order of the menu. */
export const SCALE_KINDS = ["linear", "log", "percent", "indexed"] as const;
export type ScaleKind = (typeof SCALE_KINDS)[number];

export const SCALE_WORDS: Readonly<Record<ScaleKind, string>> = {
  linear: "Linear",
  log: "Logarithmic",
  percent: "Percent",
  indexed: "Indexed to 100",
};

/** The scale on which symbols can be compared: one that counts from the first bar in sight. */
export const comparable = (kind: ScaleKind): ScaleKind => (kind === "indexed" ? "indexed" : "percent");

export const isScaleKind = (text: string): text is ScaleKind => (SCALE_KINDS as readonly string[]).includes(text);

/** Prices at the bottom and the top of the plot. */
export interface PriceRange {
  low: number;
  high: number;
}

/** `‹low›,‹high›`; null for anything else. */
export function parsePriceRange(text: string): PriceRange | null {
  const [low, high, ...more] = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (low === undefined || high === undefined || more.length > 0) return null;
  return Number.isFinite(low) && Number.isFinite(high) && low < high ? { low, high } : null;
}

/** Eight digits are finer than a pixel of any plot. */
export const formatPriceRange = ({ low, high }: PriceRange): string =>
  [low, high].map((price) => String(Number(price.toPrecision(8)))).join(",");
