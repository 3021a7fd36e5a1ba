import type { Coverage, Distribution, Estimate } from "#lib/contracts/distribution-views.ts";
import type { BarView } from "#lib/contracts/views.ts";

export interface ProfileBin {
  low: number;
  high: number;
  /** Share of the largest bin, 0 to 1. */
  share: number;
  /** Within the 70 % of volume around the point of control. */
  valueArea: boolean;
}

export interface Profile {
  bins: ProfileBin[];
  /** Index of the bin with the most volume. */
  control: number;
  /** What sketches counted trade by trade; null: estimated from bars. */
  counted: Counted | null;
  /** Of how many bars in sight the sketches know the trades; null while that is not known. */
  coverage: Coverage | null;
}

/** Prices with the bounds of their rows, and how many sketches were merged. */
export interface Counted {
  pointOfControl: Estimate;
  valueLow: Estimate;
  valueHigh: Estimate;
  documents: number;
}

/** Sketches speak for a range where they know the trades of at least this share of its bars. */
const KNOWN = 0.95;
const VALUE_AREA = 0.7;

/**
 * Volume by price of the bars in sight. An estimate: within a bar the volume is taken as spread evenly from low to high, because a bar
 * does not say more. The value area grows from the point of control to its larger neighbour (Steidlmayer's market profile).
 */
export function volumeProfile(
  bars: readonly BarView[],
  { low, high }: { low: number; high: number },
  count: number,
): Pick<Profile, "bins" | "control"> | null {
  const size = (high - low) / count;
  if (!(size > 0)) return null;
  const volumes = Array.from({ length: count }, () => 0);
  const binOf = (price: number): number => Math.min(count - 1, Math.max(0, Math.floor((price - low) / size)));
  for (const bar of bars) {
    const from = binOf(bar.low);
    const to = binOf(bar.high);
    for (let bin = from; bin <= to; bin++) volumes[bin] = (volumes[bin] ?? 0) + (bar.volume ?? 0) / (to - from + 1);
  }
  const most = Math.max(...volumes);
  if (most <= 0) return null;
  const control = volumes.indexOf(most);
  const [from, to] = valueArea(volumes, control);
  return {
    control,
    bins: volumes.map((volume, i) => ({
      low: low + i * size,
      high: low + (i + 1) * size,
      share: volume / most,
      valueArea: i >= from && i <= to,
    })),
  };
}

function valueArea(volumes: readonly number[], control: number): [number, number] {
  const wanted = volumes.reduce((sum, volume) => sum + volume, 0) * VALUE_AREA;
  let from = control;
  let to = control;
  let held = volumes[control] ?? 0;
  while (held < wanted && (from > 0 || to < volumes.length - 1)) {
    const below = volumes[from - 1] ?? -1;
    const above = volumes[to + 1] ?? -1;
    if (above >= below) held += volumes[++to] ?? 0;
    else held += volumes[--from] ?? 0;
  }
  return [from, to];
}

/** The newest bars in sight, of which an answer may not know yet. */
const NEWEST = 2;

/** Whether sketches counted about as much as the bars in sight say: their own bars may be of minutes, and those in sight of hours that were fetched. */
export function isOfAll({ count }: Pick<Distribution, "count">, bars: readonly BarView[]): boolean {
  const traded = bars.slice(0, -NEWEST).reduce((sum, { volume }) => sum + (volume ?? 0), 0);
  return count >= KNOWN * traded;
}

/** The profile that sketches counted of the trades of a range; null where they know too few of them. */
export function countedProfile({
  profile,
  coverage,
  documents,
}: Pick<Distribution, "profile" | "coverage" | "documents">): Profile | null {
  if (!profile || !coverage || coverage.whole < KNOWN * coverage.bars) return null;
  const { rows, control, first, last, pointOfControl, valueLow, valueHigh } = profile;
  const most = Math.max(...rows.map(({ volume }) => volume));
  if (!(most > 0)) return null;
  const bins = rows.map(({ lower, upper, volume }, row) => ({
    low: lower,
    high: upper,
    share: volume / most,
    valueArea: row >= first && row <= last,
  }));
  return { bins, control, counted: { pointOfControl, valueLow, valueHigh, documents }, coverage };
}
