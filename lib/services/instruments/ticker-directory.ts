import type { VersionedTicker } from "../../contracts/tickers.ts";

/** The tickers as last read. */
export interface TickerDirectory {
  list(): Promise<readonly VersionedTicker[]>;
  /** NOT_FOUND, with what to do, when there is none. */
  get(symbol: string): Promise<VersionedTicker>;
  /** The next read asks the store. */
  invalidate(): void;
}
