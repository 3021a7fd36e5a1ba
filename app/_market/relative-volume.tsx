import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import { DASH } from "../_lib/format.ts";
import { normalWords, percentileText, ratioText } from "../_lib/normal.ts";

/** The volume so far as a multiple of what is normal, and its percentile. */
export function RelativeVolume({ normal }: { normal: VolumeNormalView | undefined }) {
  if (!normal || normal.percentile === null) return <span title={normalWords(normal)}>{DASH}</span>;
  return (
    <span title={normalWords(normal)}>
      {ratioText(normal.ratio)} <small>{percentileText(normal.percentile)}</small>
    </span>
  );
}
