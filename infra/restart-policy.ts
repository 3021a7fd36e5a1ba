/** A process that ran this long was well: its earlier deaths are forgotten. Milliseconds. */
export const WELL_AFTER = 60_000;
/** Quick deaths in a row after which starting it again would only repeat them. */
export const GIVE_UP_AFTER = 6;

const FIRST_DELAY = 500;
const LONGEST_DELAY = 10_000;

export interface Restart {
  /** Quick deaths in a row, this one included. */
  deaths: number;
  /** Milliseconds to wait before the next start. */
  delay: number;
}

/** What follows a death after `uptime` milliseconds that `deaths` quick ones preceded; null is giving up. */
export function nextRestart(deaths: number, uptime: number): Restart | null {
  const counted = uptime >= WELL_AFTER ? 1 : deaths + 1;
  if (counted >= GIVE_UP_AFTER) return null;
  return { deaths: counted, delay: Math.min(FIRST_DELAY * 2 ** (counted - 1), LONGEST_DELAY) };
}
