import type { LatestReader } from "../contracts/stores.ts";
import type { Ticker } from "../contracts/tickers.ts";
import type { Micros } from "../domain/interval.ts";
import { newProgress, type SymbolProgress } from "./symbol-progress.ts";

/** How many are asked for at once. */
const PAGE = 500;

/** The symbols of a channel's present configuration, and what the log has of each. */
export class ChannelSymbols {
  #symbols = new Map<string, SymbolProgress>();
  /** Those of which the log has not been asked yet. */
  readonly #unknown = new Set<SymbolProgress>();

  get size(): number {
    return this.#symbols.size;
  }

  get(symbol: string): SymbolProgress | undefined {
    return this.#symbols.get(symbol);
  }

  names(): string[] {
    return [...this.#symbols.keys()];
  }

  all(): SymbolProgress[] {
    return [...this.#symbols.values()];
  }

  tickers(): Ticker[] {
    return this.all().map(({ ticker }) => ticker);
  }

  /** Makes these the symbols, all of them frozen; says which are no longer among them. */
  replace(tickers: readonly Ticker[]): SymbolProgress[] {
    const before = this.#symbols;
    this.#symbols = new Map(tickers.map((ticker) => [ticker.symbol, before.get(ticker.symbol) ?? this.#added(ticker)]));
    for (const ticker of tickers) Object.assign(this.#symbols.get(ticker.symbol) ?? {}, { ticker, frozen: true });
    const gone = [...before.values()].filter(({ ticker }) => !this.#symbols.has(ticker.symbol));
    for (const symbol of gone) this.#unknown.delete(symbol);
    return gone;
  }

  /**
   * Asks up to when the log has each new symbol: its watermark, as the engine published it with the newest tick. That was proved, whoever collected then;
   * the time of the newest trade would prove nothing, for a trade is written while the gap before it is still being filled. An older watermark fetches more and loses nothing.
   */
  async learn(latest: LatestReader): Promise<void> {
    const asked = [...this.#unknown];
    for (let at = 0; at < asked.length; at += PAGE) {
      const page = asked.slice(at, at + PAGE);
      const lines = await latest.latest(page.map(({ ticker }) => ticker.symbol));
      const watermarks = new Map(lines.map(({ symbol, watermark }) => [symbol, watermark]));
      for (const symbol of page) {
        symbol.known = watermarks.get(symbol.ticker.symbol) ?? null;
        this.#unknown.delete(symbol);
      }
    }
  }

  /** All ticks up to `time` are in the log, but for those of symbols with an open gap. */
  proved(time: Micros, isOpen: (symbol: SymbolProgress) => boolean): void {
    for (const symbol of this.#symbols.values()) {
      if (symbol.joined && !isOpen(symbol)) symbol.known = Math.max(symbol.known ?? 0, time);
    }
  }

  #added(ticker: Ticker): SymbolProgress {
    const symbol = newProgress(ticker, null);
    this.#unknown.add(symbol);
    return symbol;
  }
}
