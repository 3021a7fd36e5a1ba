import { columns, type Pixels } from "./paths.ts";

/** One path of bars that stand on zero, from position `first` on; neutral, for their side of zero says their direction. */
export function histogramPath(values: readonly (number | null)[], first: number, pixels: Pixels): string {
  const zero = Math.round(pixels.y(0));
  let path = "";
  values.forEach((value, place) => {
    if (value === null || value === 0) return;
    const { left, width } = columns(first + place, pixels);
    const end = Math.round(pixels.y(value));
    const [top, bottom] = end < zero ? [end, zero] : [zero, Math.max(zero + 1, end)];
    path += `M${left} ${top}h${width}V${bottom}h-${width}z`;
  });
  return path;
}
