import type { TickerStore } from "#lib/contracts/stores.ts";
import type { Ticker, VersionedTicker } from "#lib/contracts/tickers.ts";
import { TapedeckError } from "#lib/errors.ts";

/** The index `tickers` in memory. */
export class FakeTickers implements TickerStore {
  readonly tickers = new Map<string, Ticker>();

  async list(): Promise<VersionedTicker[]> {
    return [...this.tickers.values()].map((ticker) => ({ ticker, version: "1" }));
  }

  async get(symbol: string): Promise<VersionedTicker | null> {
    const ticker = this.tickers.get(symbol);
    return ticker ? { ticker, version: "1" } : null;
  }

  async create(ticker: Ticker): Promise<VersionedTicker> {
    if (this.tickers.has(ticker.symbol)) throw new TapedeckError("CONFLICT", "It exists");
    return this.replace(ticker);
  }

  async replace(ticker: Ticker): Promise<VersionedTicker> {
    this.tickers.set(ticker.symbol, ticker);
    return { ticker, version: "1" };
  }

  async seed(tickers: readonly Ticker[]): Promise<number> {
    for (const ticker of tickers) await this.replace(ticker);
    return tickers.length;
  }

  async search(): Promise<{ hits: []; total: number; sectors: [] }> {
    return { hits: [], total: 0, sectors: [] };
  }
}
