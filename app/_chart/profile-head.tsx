import { price } from "../_lib/format.ts";
import type { ChartLayout } from "./layout.ts";

interface ProfileHeadProps {
  layout: ChartLayout;
  /** The bin with the most volume. */
  control: { low: number; high: number } | undefined;
  decimals: number;
}

/** Names the profile and its point of control, which is an estimate. */
export function ProfileHead({ layout, control, decimals }: ProfileHeadProps) {
  const x = layout.plotWidth + 8;
  if (!control) return null;
  return (
    <g>
      <title>
        Estimated from the bars in sight: the volume of a bar is taken as spread evenly from its low to its high
      </title>
      <text x={x} y={20}>
        Volume profile
      </text>
      <text x={x} y={36}>
        POC ≈ {price((control.low + control.high) / 2, decimals)}
      </text>
    </g>
  );
}
