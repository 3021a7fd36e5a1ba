import type { ProfileName } from "../eligibility/eligibility.ts";

/** Prints outside the band around the median of the last `prints` prices are held. */
export interface GuardTerms {
  /** A share: 0.1 is from median / 1.1 to median · 1.1. */
  band: number;
  prints: number;
}

/** The fewest and most prices whose median is taken. */
export const LEAST_PRINTS = 3;
export const MOST_PRINTS = 255;

/**
 * For US equities 10 %, as wide as the price bands within which the exchanges let most stocks trade ("limit up, limit down"), around the last 25
 * prices. None for `all`: crypto knows no such bands, and every print of the simulator is right.
 */
export function guardOf(profile: ProfileName): GuardTerms | null {
  return profile === "all" ? null : { band: 0.1, prints: 25 };
}

export function bandAround(median: number, band: number): { low: number; high: number } {
  return { low: median / (1 + band), high: median * (1 + band) };
}
