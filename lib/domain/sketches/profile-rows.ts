import type { VolumeProfile } from "./volume-profile.ts";

/** A step of price and the volume traded in it. */
export interface ProfileRow {
  /** Exclusive. */
  lower: number;
  /** Inclusive. */
  upper: number;
  volume: number;
}

/** Indices into the rows, both inclusive. */
export interface ValueArea {
  first: number;
  last: number;
}

const VALUE_SHARE = 0.7;

/**
 * A profile in at most `most` rows of equal ratio from the lowest to the highest price traded, ascending, empty rows included. Each
 * row is a whole number of the profile's buckets, so its volume is exact.
 */
export function profileRows(profile: VolumeProfile, most: number): ProfileRow[] {
  const buckets = profile.buckets();
  const first = buckets[0];
  const last = buckets.at(-1);
  if (!first || !last) return [];
  const width = Math.ceil((last.index + 1 - first.index) / most);
  const count = Math.ceil((last.index + 1 - first.index) / width);
  const rows = Array.from({ length: count }, (_, row) => ({
    lower: profile.bound(first.index + row * width),
    upper: profile.bound(first.index + (row + 1) * width),
    volume: 0,
  }));
  for (const { index, volume } of buckets) {
    const row = rows[Math.floor((index - first.index) / width)];
    if (row) row.volume += volume;
  }
  return rows;
}

/** The row with the most volume, the lowest of equals; −1 where nothing was traded. */
export function pointOfControl(rows: readonly ProfileRow[]): number {
  let control = -1;
  for (const [index, { volume }] of rows.entries()) {
    if (volume > (rows[control]?.volume ?? 0)) control = index;
  }
  return control;
}

/**
 * The rows around the point of control that hold at least 70 % of the volume: from there it takes the larger of the next two rows
 * above and the next two below, the upper of equals, until it has them (Steidlmayer's Market Profile, CBOT handbook 1991). null where
 * nothing was traded.
 */
export function valueArea(rows: readonly ProfileRow[]): ValueArea | null {
  const control = pointOfControl(rows);
  if (control < 0) return null;
  const volumeOf = (row: number): number => rows[row]?.volume ?? 0;
  const wanted = rows.reduce((sum, { volume }) => sum + volume, 0) * VALUE_SHARE;
  let first = control;
  let last = control;
  let held = volumeOf(control);
  while (held < wanted && (first > 0 || last < rows.length - 1)) {
    const above = last < rows.length - 1 ? volumeOf(last + 1) + volumeOf(last + 2) : -1;
    const below = first > 0 ? volumeOf(first - 1) + volumeOf(first - 2) : -1;
    if (above >= below) {
      held += above;
      last = Math.min(rows.length - 1, last + 2);
    } else {
      held += below;
      first = Math.max(0, first - 2);
    }
  }
  return { first, last };
}
