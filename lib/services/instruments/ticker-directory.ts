import type { TickerStore } from "../../contracts/stores.ts";
import type { VersionedTicker } from "../../contracts/tickers.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { detailedError } from "../error-details.ts";
import { successorOf } from "./successor.ts";

/** How old the list may be: as long as a worker takes to follow a change. */
const FRESH: Micros = 2 * SECOND;

/** The tickers as last read: one read serves all who ask within two seconds. Its capacity is the number of tickers. */
export class TickerDirectory {
  readonly #store: Pick<TickerStore, "list">;
  readonly #now: () => Micros;
  #held = new Map<string, VersionedTicker>();
  #readAt: Micros = -FRESH;
  #reading: Promise<void> | null = null;

  constructor(store: Pick<TickerStore, "list">, now: () => Micros) {
    this.#store = store;
    this.#now = now;
  }

  /** All of them, removed ones too. */
  async list(): Promise<readonly VersionedTicker[]> {
    await this.#refresh();
    return this.known();
  }

  /** As last read, without asking. */
  known(): VersionedTicker[] {
    return [...this.#held.values()];
  }

  /** NOT_FOUND, with what to do, when there is none; of a former ticker with the symbol that it has now. */
  async get(symbol: string): Promise<VersionedTicker> {
    await this.#refresh();
    const found = this.#held.get(symbol);
    if (found) return found;
    const renamedTo = this.successor(symbol);
    if (renamedTo === null) {
      throw new TapedeckError("NOT_FOUND", `There is no ticker ${symbol}. Search for it, or add it in admin.`);
    }
    throw detailedError("NOT_FOUND", `There is no ticker ${symbol} any more: it is called ${renamedTo} now.`, {
      renamedTo,
    });
  }

  /** As last read, without asking; undefined where nothing was read. */
  peek(symbol: string): VersionedTicker | undefined {
    return this.#held.get(symbol);
  }

  /** What a symbol is called now, as last read; null where no other ticker names it as its former one. */
  successor(symbol: string): string | null {
    return successorOf(
      symbol,
      this.known().map(({ ticker }) => ticker),
    );
  }

  /** The next read asks the store. */
  invalidate(): void {
    this.#readAt = -FRESH;
  }

  async #refresh(): Promise<void> {
    if (this.#now() - this.#readAt < FRESH) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #read(): Promise<void> {
    const asked = this.#now();
    const tickers = await this.#store.list();
    this.#held = new Map(tickers.map((versioned) => [versioned.ticker.symbol, versioned]));
    this.#readAt = asked;
  }
}
