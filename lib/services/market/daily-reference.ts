/** Previous closes and sparklines of each symbol, held for a UTC day. */
export interface DailyReference {
  /** Close of the bar before the day that starts at `day`; null while unknown. */
  previousClose(symbol: string, day: number): number | null;
  /** Reads what is not held, or has aged, of these symbols and days. */
  refresh(wanted: readonly { symbol: string; day: number }[]): Promise<void>;
  /** Closes of the 5m bars of a symbol's day, oldest first. */
  sparkline(symbol: string): number[];
}
