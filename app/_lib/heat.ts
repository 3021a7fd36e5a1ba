import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import { dayChangeOf } from "./quotes.ts";

/** What the area of a tile stands for, and what its colour. */
export const HEAT_SIZES = { value: "market value", traded: "value traded", equal: "equal areas" } as const;
export const HEAT_COLOURS = {
  change: "change today",
  open: "change since the open",
  vwap: "distance to VWAP",
} as const;
export type HeatSize = keyof typeof HEAT_SIZES;
export type HeatColour = keyof typeof HEAT_COLOURS;

export interface HeatChoice {
  size: HeatSize;
  colour: HeatColour;
}

export const USUAL_HEAT: HeatChoice = { size: "value", colour: "change" };

const isSize = (text: string): text is HeatSize => Object.hasOwn(HEAT_SIZES, text);
const isColour = (text: string): text is HeatColour => Object.hasOwn(HEAT_COLOURS, text);

/** `‹size›-‹colour›`; what is not understood is as usual. */
export function parseHeat(text: string | null): HeatChoice {
  const [size = "", colour = ""] = (text ?? "").split("-");
  return {
    size: isSize(size) ? size : USUAL_HEAT.size,
    colour: isColour(colour) ? colour : USUAL_HEAT.colour,
  };
}

/** The words of an address; null where all is as usual. */
export function formatHeat({ size, colour }: HeatChoice): string | null {
  return size === USUAL_HEAT.size && colour === USUAL_HEAT.colour ? null : `${size}-${colour}`;
}

/** What a colour stands for, percent; null where it is not known: without a trade today nothing is. */
export function heatOf(quote: QuoteView | undefined, colour: HeatColour): number | null {
  if (colour === "change") return dayChangeOf(quote).percent;
  const from = colour === "open" ? quote?.dayOpen : quote?.dayVwap;
  if (!quote || quote.last === null || !from || (quote.dayTrades ?? 0) === 0) return null;
  return (quote.last / from - 1) * 100;
}

/** What an area stands for; null where it is not known. */
export function heatWeight(instrument: InstrumentView, quote: QuoteView | undefined, size: HeatSize): number | null {
  if (size === "equal") return 1;
  if (size === "value") return instrument.marketValue;
  const traded = (quote?.dayVolume ?? 0) * (quote?.dayVwap ?? 0);
  return traded > 0 ? traded : null;
}
