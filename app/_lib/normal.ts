import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { LEAST_SESSIONS, SESSIONS_COMPARED } from "#lib/domain/volume-normal.ts";
import { DASH, quantity, short } from "./format.ts";

/** `0.42×`, `1.8×`, `12×` of what is normal; a dash where it is not known. */
export function ratioText(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return DASH;
  return `${ratio.toFixed(ratio >= 9.95 ? 0 : ratio >= 0.995 ? 1 : 2)}×`;
}

/** `p85`: more than 85 % of the sessions had. */
export function percentileText(percentile: number | null | undefined): string {
  return percentile === null || percentile === undefined ? DASH : `p${Math.round(percentile)}`;
}

const counted = (sessions: number): string => (sessions === 1 ? "one session" : `${sessions} sessions`);

/** What the numbers say, for who asks: over what, of how many sessions; or why there is none. */
export function normalWords(normal: VolumeNormalView | undefined): string {
  if (!normal) return "not known yet";
  const { from, to, volume, sessions, median, percentile, fetching } = normal;
  if (sessions < LEAST_SESSIONS) {
    const needed = `minutes of ${counted(sessions)} are stored, ${LEAST_SESSIONS} are needed`;
    return fetching ? `${needed}: more are being fetched` : needed;
  }
  const usual = `${short(median)} is the median of ${counted(sessions)}`;
  if (volume === null || percentile === null) return `nothing has traded in this session; ${usual}`;
  const minutes = (to - from) / MINUTE;
  const span = minutes === 1 ? "the session’s first minute" : `the session’s first ${quantity(minutes)} minutes`;
  return `${short(volume)} in ${span}; ${usual}, and ${Math.round(percentile)} % of them had less`;
}

/** The `count` that lie highest above what is normal for them, the highest first; without those of which it is not known. */
export function unusualOf(normals: readonly VolumeNormalView[], count: number): VolumeNormalView[] {
  return normals
    .filter(({ percentile }) => percentile !== null)
    .toSorted(
      (a, b) =>
        (b.percentile ?? 0) - (a.percentile ?? 0) ||
        (b.ratio ?? 0) - (a.ratio ?? 0) ||
        a.symbol.localeCompare(b.symbol),
    )
    .slice(0, count);
}

/** Why no symbol has a normal volume. */
export function tooFewWords(normals: readonly VolumeNormalView[]): string {
  const most = Math.max(0, ...normals.map(({ sessions }) => sessions));
  const fetched = normals.filter(({ fetching }) => fetching).length;
  return (
    `What is normal is known once the minutes of ${LEAST_SESSIONS} sessions are stored, of at most ${SESSIONS_COMPARED}; ` +
    (most === 0 ? "there are none yet." : `of this list there are those of ${counted(most)} at most.`) +
    (fetched === 0 ? "" : ` Those of ${fetched === 1 ? "one symbol" : `${fetched} symbols`} are being fetched.`)
  );
}
