export interface BackoffLimits {
  /** Milliseconds before the second attempt, about. */
  first: number;
  /** The longest wait, milliseconds. */
  most: number;
}

/**
 * Milliseconds to wait before attempt `attempt` + 1, `attempt` counting from 1: doubles each time up to `most`, and lies anywhere
 * in the upper half of that, so that clients which failed together do not come back together. `random` is in [0, 1).
 */
export function backoff(attempt: number, { first, most }: BackoffLimits, random: number): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt - 1, 30));
  return ceiling * (0.5 + random / 2);
}
