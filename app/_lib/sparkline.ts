/** The most points of a sparkline: two pixels each. */
const POINTS = 44;

/** Every n-th close, the newest always among them. */
export function thinned(closes: readonly number[]): readonly number[] {
  if (closes.length <= POINTS) return closes;
  const every = Math.ceil(closes.length / POINTS);
  const offset = (closes.length - 1) % every;
  return closes.filter((_, i) => i % every === offset);
}

export interface SparklineView {
  points: string;
  /** Height of the previous close. */
  base: number;
  end: { x: number; y: number };
}

/**
 * Closes of the day and the last price within `width` × `height`. `filled` is the share of the day's slots that these closes take: a symbol
 * that has gone silent ends earlier than the others. null where there is no line to draw.
 */
export function sparkline(
  closes: readonly number[],
  options: { last: number | null; base: number | null; filled: number; width: number; height: number },
): SparklineView | null {
  const { last, base, filled, width, height } = options;
  const values = last === null ? closes : [...closes, last];
  const first = values[0];
  if (values.length < 2 || first === undefined) return null;
  const reference = base ?? first;
  const low = Math.min(reference, ...values);
  const high = Math.max(reference, ...values);
  const y = (value: number): number => 2 + ((high - value) / (high - low || 1)) * (height - 4);
  const x = (index: number): number => (index / (values.length - 1)) * (width - 4) * Math.min(1, filled);
  const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const end = values.length - 1;
  return { points, base: y(reference), end: { x: x(end), y: y(values[end] ?? reference) } };
}
