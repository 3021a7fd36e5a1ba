import { SALE_CONDITIONS, type Rule } from "./sale-conditions.ts";

/** `all`: every trade counts wholly, as on crypto exchanges. The others know the sale conditions of US equities: docs/trade-conditions.md. */
export const PROFILES = ["all", "us-equities", "us-equities-cta", "us-equities-utp"] as const;
export type ProfileName = (typeof PROFILES)[number];

/**
 * What a trade may do to a bar, as bits. LAST: it may open and close it and set its high and low. SUBSTITUTE: it sets high and low, and
 * opens and closes a bar that nothing better does. VOLUME: its size counts, and it as a trade.
 */
export const SUBSTITUTE = 1;
export const LAST = 2;
export const VOLUME = 4;
/** Of LAST and SUBSTITUTE at most one is set. */
export const PRICE_BITS = 3;
export const FULL = LAST | VOLUME;

const BITS: Readonly<Record<Rule, number>> = {
  full: FULL,
  substitute: SUBSTITUTE | VOLUME,
  volume: VOLUME,
  price: LAST,
  nothing: 0,
};

/** A condition that nobody knows: its size has traded, but what its price means is not known. */
const UNKNOWN = BITS.volume;

/** Conditions that say no more than that a trade lies outside the regular session: there, in bars of their own, they count so. */
const OUTSIDE: Readonly<Record<string, Rule | undefined>> = { T: "full", U: "substitute" };

/**
 * What a trade of these conditions may do: of several the strictest wins. `isOutside`: its bars are those of a session before or after the
 * regular one.
 */
export function eligibilityOf(profile: ProfileName, conditions: readonly string[], isOutside: boolean): number {
  if (profile === "all") return FULL;
  return conditions.reduce((bits, condition) => {
    const letter = condition.trim();
    const outside = isOutside ? OUTSIDE[letter] : undefined;
    return strictest(bits, outside ? BITS[outside] : bitsOf(profile, letter));
  }, FULL);
}

/** The lower of two prices, and volume where both have it. */
function strictest(one: number, other: number): number {
  return Math.min(one & PRICE_BITS, other & PRICE_BITS) | (one & other & VOLUME);
}

function bitsOf(profile: Exclude<ProfileName, "all">, condition: string): number {
  if (condition === "") return FULL;
  const known = SALE_CONDITIONS[condition];
  const cta = profile === "us-equities-utp" ? undefined : known?.cta;
  const utp = profile === "us-equities-cta" ? undefined : known?.utp;
  if (!cta && !utp) return UNKNOWN;
  return strictest(cta ? BITS[cta.rule] : FULL, utp ? BITS[utp.rule] : FULL);
}
