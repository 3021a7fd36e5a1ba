import type { Distribution } from "#lib/contracts/distribution-views.ts";

export interface SizeBox {
  x: number;
  width: number;
  /** Share of the largest bin, 0 to 1. */
  share: number;
}

export interface SizeMark {
  percentile: number;
  x: number;
  /** The estimate's interval, at least MIN_BAND wide. */
  band: { x: number; width: number };
  label: boolean;
}

export interface SizeChart {
  boxes: SizeBox[];
  marks: SizeMark[];
  ticks: { x: number; value: number }[];
}

const BINS = 48;
const MIN_BAND = 4;
const MARKED: ReadonlySet<number> = new Set([50, 90, 99]);
const LABEL_ROOM = 26;

/**
 * A distribution on a logarithmic axis within `width` pixels: the sketch's bins gathered into equal steps of the axis, each bin's count
 * shared out by how much of it lies in a step. null where there is nothing to draw.
 */
export function sizeChart(distribution: Pick<Distribution, "bins" | "percentiles">, width: number): SizeChart | null {
  const bins = distribution.bins.filter((bin) => bin.count > 0 && bin.to > 0);
  const first = bins[0];
  const last = bins.at(-1);
  if (!first || !last || width <= 0) return null;
  const low = Math.floor(Math.log10(first.to) * 2 + 1e-9) / 2;
  const high = Math.max(low + 1, Math.ceil(Math.log10(last.to) * 2) / 2);
  const x = (size: number): number => ((Math.log10(Math.max(size, 10 ** low)) - low) / (high - low)) * width;
  const counts = gather(bins, low, high);
  const most = Math.max(...counts);
  const step = width / BINS;
  const marks = distribution.percentiles
    .filter(({ percentile }) => MARKED.has(percentile))
    .map(({ percentile, estimate }) => {
      const at = x(estimate.value);
      const from = Math.min(x(estimate.lower), at - MIN_BAND / 2);
      const to = Math.max(x(estimate.upper), at + MIN_BAND / 2);
      return { percentile, x: at, band: { x: from, width: to - from }, label: true };
    });
  marks.forEach((mark, i) => {
    const before = marks.slice(0, i).findLast((other) => other.label);
    mark.label = !before || mark.x - before.x >= LABEL_ROOM;
  });
  return {
    boxes: counts.map((count, i) => ({ x: i * step, width: Math.max(1, step - 1), share: count / most })),
    marks,
    ticks: decades(low, high).map((value) => ({ x: x(value), value })),
  };
}

function gather(bins: Distribution["bins"], low: number, high: number): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  const place = (size: number): number => ((Math.log10(size) - low) / (high - low)) * BINS;
  for (const bin of bins) {
    const from = Math.max(0, place(Math.max(bin.from, 10 ** low)));
    const to = Math.min(BINS, Math.max(from + 1e-9, place(bin.to)));
    for (let i = Math.floor(from); i < Math.min(BINS, Math.ceil(to)); i++) {
      const share = (Math.min(to, i + 1) - Math.max(from, i)) / (to - from);
      counts[i] = (counts[i] ?? 0) + bin.count * share;
    }
  }
  return counts;
}

/** Powers of ten on the axis, every second one where there are many. */
function decades(low: number, high: number): number[] {
  const first = Math.ceil(low - 1e-9);
  const all = Array.from({ length: Math.floor(high + 1e-9) - first + 1 }, (_, i) => first + i);
  const every = all.length > 6 ? 2 : 1;
  return all.filter((_, i) => i % every === 0).map((power) => Number((10 ** power).toPrecision(1)));
}
