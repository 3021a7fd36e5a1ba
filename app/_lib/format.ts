/** What is missing: no trade, no quote, not known. Never zero, never blank. */
export const DASH = "—";
const MINUS = "\u2212";

const formats = new Map<string, Intl.NumberFormat>();
function grouped(value: number, minimum: number, maximum: number): string {
  const key = `${minimum}|${maximum}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat("en-US", { minimumFractionDigits: minimum, maximumFractionDigits: maximum });
    formats.set(key, format);
  }
  return format.format(value).replace("-", MINUS);
}

const known = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** Decimals that a tick size needs: 0.01 → 2, 0.25 → 2, 5 → 0; at most 10. */
export function decimalsOf(tickSize: number): number {
  for (let decimals = 0; decimals < 10; decimals++) {
    const scaled = tickSize * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled)) return decimals;
  }
  return 10;
}

/** Decimals with which a number was written: 190.5 → 1, 1.25e-9 → 11; at most 20. */
export function writtenDecimals(value: number): number {
  const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.min(20, Math.max(0, fraction.length - Number(exponent)));
}

/** `96,214.37`, a dash when not known. */
export function price(value: number | null | undefined, decimals = 2): string {
  return known(value) ? grouped(value, decimals, decimals) : DASH;
}

/** `+1.89`, `−0.26`, `0.00`: the sign belongs to the rounded number. */
export function signed(value: number | null | undefined, decimals = 2): string {
  if (!known(value)) return DASH;
  const text = grouped(Math.abs(value), decimals, decimals);
  if (Number(text.replaceAll(",", "")) === 0) return text;
  return (value > 0 ? "+" : MINUS) + text;
}

/** `+0.84 %` of a percentage. */
export function percent(value: number | null | undefined, decimals = 2): string {
  return known(value) ? `${signed(value, decimals)} %` : DASH;
}

/** `9,770`, `294.9K`, `27.43M`, `1.20B`; below a hundred with the decimals that matter. */
export function short(value: number | null | undefined): string {
  if (!known(value)) return DASH;
  const size = Math.abs(value);
  if (size >= 999_995_000) return `${grouped(value / 1e9, 2, 2)}B`;
  if (size >= 999_950) return `${grouped(value / 1e6, 2, 2)}M`;
  if (size >= 1e4) return `${grouped(value / 1e3, 1, 1)}K`;
  return quantity(value);
}

/** Sizes of trades: whole ones grouped, fractions with at most five significant digits. */
export function quantity(value: number | null | undefined): string {
  if (!known(value)) return DASH;
  const size = Math.abs(value);
  if (size === 0 || size >= 1_000 || Number.isInteger(value)) return grouped(value, 0, 0);
  const decimals = size >= 1 ? 4 - Math.floor(Math.log10(size)) : Math.min(8, 4 + Math.ceil(-Math.log10(size)));
  return grouped(value, 0, decimals);
}

/**
 * An estimate as it may be written: half its interval with two significant digits, and the value no finer than that.
 * `{ value: "2,310", bound: "± 25" }`; without an interval it is exact.
 */
export function estimated(estimate: { value: number; lower: number; upper: number }): { value: string; bound: string } {
  const half = (estimate.upper - estimate.lower) / 2;
  if (!Number.isFinite(half) || half < 0) return { value: DASH, bound: DASH };
  if (half === 0) return { value: quantity(estimate.value), bound: "exact" };
  const decimals = Math.max(0, Math.min(8, 1 - Math.floor(Math.log10(half))));
  return { value: grouped(estimate.value, decimals, decimals), bound: `± ${grouped(half, decimals, decimals)}` };
}

/** The way a number points, as a class name. */
export function side(value: number | null | undefined): "up" | "down" | "dim" {
  if (!known(value) || value === 0) return "dim";
  return value > 0 ? "up" : "down";
}

/** `4 ms`, `1.2 s`, `15 min` of microseconds. */
export function duration(micros: number | null | undefined): string {
  if (!known(micros)) return DASH;
  const size = Math.abs(micros);
  const sign = micros < 0 ? MINUS : "";
  if (size < 999_500) return `${sign}${Math.round(size / 1e3)} ms`;
  if (size < 9_950_000) return `${sign}${(size / 1e6).toFixed(1)} s`;
  return sign + age(size);
}

/** Whole units, as a badge counts them: `48 s`, `3 min`, `2 h`, `5 d`. */
export function age(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
