import type { Distribution } from "../../contracts/distribution-views.ts";
import type { ExponentialHistogram } from "../../domain/sketches/exponential-histogram.ts";

/** Bins of the drawn histogram. */
const MAX_BINS = 48;

/**
 * The histogram on a logarithmic axis in at most 48 bins of equal ratio, empty ones included. Each bin is a whole number of the sketch's
 * buckets, so its count is exact. What is 0 has no place on such an axis.
 */
export function binsOf(histogram: ExponentialHistogram): Distribution["bins"] {
  const buckets = [...histogram.buckets()];
  const [first] = buckets;
  if (!first) return [];
  // Buckets are 2^(2^-scale) wide (OpenTelemetry's exponential histogram).
  const perDoubling = 2 ** histogram.scale;
  const indexOf = (bound: number) => Math.round(Math.log2(bound / first.lower) * perDoubling);
  const end = Math.max(...buckets.map(({ upper }) => indexOf(upper)));
  const width = Math.ceil(end / MAX_BINS);
  const bound = (bin: number) => first.lower * 2 ** ((bin * width) / perDoubling);
  const bins = Array.from({ length: Math.ceil(end / width) }, (_, bin) => {
    return { from: bound(bin), to: bound(bin + 1), count: 0 };
  });
  for (const { lower, count } of buckets) {
    const bin = bins[Math.floor(indexOf(lower) / width)];
    if (bin) bin.count += count;
  }
  return bins;
}
