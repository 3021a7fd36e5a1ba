import { KIND_NAMES, kindOf, type KindName } from "./kinds.ts";

/** One indicator with its numbers, in the order of its kind's parameters. */
export interface IndicatorSpec {
  readonly kind: KindName;
  readonly parameters: readonly number[];
}

/** The most indicators of one chart or one request. */
export const MOST_INDICATORS = 8;

/** A kind with the numbers that it usually has. */
export function usualSpec(kind: KindName): IndicatorSpec {
  return { kind, parameters: kindOf(kind).parameters.map(({ usual }) => usual) };
}

/** Whether a value is allowed for the parameter at a place. */
export function isAllowed(kind: KindName, place: number, value: number): boolean {
  const parameter = kindOf(kind).parameters[place];
  if (parameter === undefined || !(value >= parameter.least && value <= parameter.most)) return false;
  const steps = value / parameter.step;
  return Math.abs(steps - Math.round(steps)) < 1e-9;
}

/** What is wrong with an indicator's numbers as a whole, in words; null for nothing. */
export function conflictOf({ kind, parameters }: IndicatorSpec): string | null {
  const [fast = 0, slow = 0] = parameters;
  return kind === "macd" && fast >= slow ? "Fast must be less than slow" : null;
}

/** `sma:20`, `macd:12:26:9`; a parameter that is left out has its usual value. null for what is no indicator. */
export function parseSpec(text: string): IndicatorSpec | null {
  const [name = "", ...given] = text.split(":");
  const kind = KIND_NAMES.find((known) => known === name);
  if (kind === undefined) return null;
  const known = kindOf(kind).parameters;
  if (given.length > known.length || !given.every((number) => /^\d{1,4}(\.\d{1,3})?$/.test(number))) return null;
  const parameters = known.map(({ usual }, place) => (given[place] === undefined ? usual : Number(given[place])));
  const spec = { kind, parameters };
  return parameters.every((value, place) => isAllowed(kind, place, value)) && conflictOf(spec) === null ? spec : null;
}

/** The text that `parseSpec` reads. */
export function formatSpec({ kind, parameters }: IndicatorSpec): string {
  return [kind, ...parameters.map((value) => String(Number(value.toFixed(3))))].join(":");
}

/**
 * Closed bars that are read before a range, so that no value in it depends on where the reading began. An exponential average forgets its
 * beginning by the factor 1 − α a bar: after 7 lengths of an EMA (α = 2 / (n + 1)) and 14 of Wilder's (α = 1 / n) less than a millionth
 * of the seed's error is left. The VWAP begins with its session, whatever was before.
 */
export function barsBefore({ kind, parameters }: IndicatorSpec): number {
  const [first = 0, second = 0, third = 0] = parameters;
  switch (kind) {
    case "vwap":
      return 0;
    case "sma":
    case "bb":
      return first;
    case "ema":
      return 8 * first;
    case "rsi":
    case "atr":
      return 15 * first;
    case "macd":
      return 8 * (Math.max(first, second) + third);
    default:
      return kind satisfies never;
  }
}
