/** An approximation: the exact value lies from `lower` to `upper` with probability `confidence`; 1 is certainty. */
export interface Bounded {
  value: number;
  lower: number;
  upper: number;
  confidence: number;
}
