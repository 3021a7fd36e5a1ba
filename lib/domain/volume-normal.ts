/** Sessions that a volume is held against at most, and those without which it says nothing. */
export const SESSIONS_COMPARED = 20;
export const LEAST_SESSIONS = 5;

/** What of a volume is normal for its minute of the session. */
export interface VolumeNormal {
  /** Sessions that it rests on. */
  sessions: number;
  /** Median of the same minutes' volumes; null of too few sessions. */
  median: number | null;
  /** The volume as a multiple of the median; null where that is 0. */
  ratio: number | null;
  /** Share of sessions that had less by then, and half of those that had the same, percent (the mid-rank percentile). */
  percentile: number | null;
}

/**
 * A volume against those of the same minutes of earlier sessions, newest first; null is a session of which nothing is stored. The oldest
 * one that is stored may have been begun to be collected in its middle: it counts only where something older is stored.
 */
export function volumeNormal(volume: number | null, earlier: readonly (number | null)[]): VolumeNormal {
  const oldest = earlier.findLastIndex((each) => each !== null);
  const past = earlier.slice(0, Math.max(0, oldest)).filter((each) => each !== null);
  const compared = past.slice(0, SESSIONS_COMPARED);
  const sessions = compared.length;
  if (sessions < LEAST_SESSIONS) return { sessions, median: null, ratio: null, percentile: null };
  const median = medianOf(compared);
  if (volume === null) return { sessions, median, ratio: null, percentile: null };
  const below = compared.filter((each) => each < volume).length;
  const same = compared.filter((each) => each === volume).length;
  return {
    sessions,
    median,
    ratio: median > 0 ? volume / median : null,
    percentile: ((below + same / 2) / sessions) * 100,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
