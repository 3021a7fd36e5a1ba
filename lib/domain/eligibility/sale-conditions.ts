/**
 * What a consolidated print of a condition does to the last price (open and close), the high and low, and the volume. `full`: all three.
 * `substitute`: high, low and volume, and the last price only while there is no other. `volume`: that alone. `price`: all but the
 * volume, which was reported before. `nothing`: it repeats a price for information.
 */
export type Rule = "full" | "substitute" | "volume" | "price" | "nothing";

interface Condition {
  name: string;
  rule: Rule;
}

const condition = (rule: Rule, name: string): Condition => ({ name, rule });
const both = (rule: Rule, cta: string, utp: string): { cta: Condition; utp: Condition } => ({
  cta: condition(rule, cta),
  utp: condition(rule, utp),
});

/**
 * The sale conditions of the two plans by their letter, with the rules for consolidated data: the Consolidated Tape System's output
 * specification (plan CTA: tapes A and B) and the UTP Trade Data Feed specification (plan UTP: tape C), each in its table of sale conditions.
 */
export const SALE_CONDITIONS: Readonly<Record<string, { cta?: Condition; utp?: Condition } | undefined>> = {
  "@": both("full", "Regular sale", "Regular sale"),
  A: { utp: condition("full", "Acquisition") },
  B: { cta: condition("volume", "Average price trade"), utp: condition("full", "Bunched trade") },
  C: both("volume", "Cash trade (same day clearing)", "Cash sale"),
  D: { utp: condition("full", "Distribution") },
  E: { cta: condition("full", "Automatic execution") },
  F: both("full", "Intermarket sweep order", "Intermarket sweep"),
  G: { utp: condition("substitute", "Bunched sold trade") },
  H: both("volume", "Price variation trade", "Price variation trade"),
  I: both("volume", "Odd lot trade", "Odd lot trade"),
  K: both("full", "Rule 127 or rule 155 trade", "Rule 155 trade"),
  L: both("full", "Sold last (late reporting)", "Sold last"),
  M: both("nothing", "Market center official close", "Market center official close"),
  N: both("volume", "Next day trade (next day clearing)", "Next day"),
  O: both("full", "Market center opening trade", "Opening print"),
  P: both("substitute", "Prior reference price", "Prior reference price"),
  Q: both("nothing", "Market center official open", "Market center official open"),
  R: both("volume", "Seller", "Seller"),
  S: { utp: condition("full", "Split trade") },
  T: both("volume", "Extended hours trade", "Form T"),
  U: both("volume", "Extended hours sold (out of sequence)", "Extended trading hours (sold out of sequence)"),
  V: both("volume", "Contingent trade", "Contingent trade"),
  W: { utp: condition("volume", "Average price trade") },
  X: both("full", "Cross trade", "Cross trade"),
  Y: { utp: condition("full", "Yellow flag regular trade") },
  Z: both("substitute", "Sold (out of sequence)", "Sold (out of sequence)"),
  "1": { utp: condition("full", "Stopped stock (regular trade)") },
  "2": { utp: condition("full", "Stopped stock (sold last)") },
  "3": { utp: condition("substitute", "Stopped stock (sold out of sequence)") },
  "4": both("substitute", "Derivatively priced", "Derivatively priced"),
  "5": both("full", "Market center reopening trade", "Re-opening print"),
  "6": both("full", "Market center closing trade", "Closing print"),
  "7": both("volume", "Qualified contingent trade", "Qualified contingent trade"),
  "9": both(
    "price",
    "Corrected consolidated close (per listing market)",
    "Corrected consolidated close (per listing market)",
  ),
};
