import { SECOND, type Micros } from "../../domain/interval.ts";

/** A trade is sent at most so long after the time that it bears. */
export const COINBASE_PUBLISHING: Micros = SECOND / 5;

interface Product {
  /** The newest trade that was read; 0 before the first. */
  lastTrade: number;
  /** Complete up to here by a heartbeat; null before the first. */
  complete: Micros | null;
  /** The newest heartbeat that counts a trade which was not read yet. */
  waiting: { time: Micros; lastTrade: number } | null;
}

/**
 * Up to when the trades of all products are complete, by Coinbase's heartbeats: each names the newest trade at its time. One that names a trade that was
 * not read proves nothing until that trade is read.
 */
export class CoinbaseProofs {
  readonly #products: Map<string, Product>;

  constructor(products: readonly string[]) {
    this.#products = new Map(products.map((id) => [id, { lastTrade: 0, complete: null, waiting: null }]));
  }

  trade(id: string, trade: number): void {
    const product = this.#products.get(id);
    if (!product) return;
    product.lastTrade = Math.max(product.lastTrade, trade);
    const { waiting } = product;
    if (waiting && waiting.lastTrade <= product.lastTrade) {
      product.complete = waiting.time;
      product.waiting = null;
    }
  }

  heartbeat(id: string, time: Micros, lastTrade: number): void {
    const product = this.#products.get(id);
    if (!product) return;
    // What was traded before the connection is not sent; whoever connects fetches it.
    if (product.complete === null && product.lastTrade === 0) product.lastTrade = lastTrade;
    if (lastTrade <= product.lastTrade) {
      product.complete = Math.max(product.complete ?? 0, time);
      product.waiting = null;
    } else {
      // The first that is not covered stays: newer ones may for ever be a trade ahead.
      product.waiting ??= { time, lastTrade };
    }
  }

  /** Of a product that Coinbase does not know. */
  drop(id: string): void {
    this.#products.delete(id);
  }

  /** All trades up to here have been read; null before each product's first heartbeat. */
  complete(): Micros | null {
    let least = Infinity;
    for (const { complete } of this.#products.values()) {
      if (complete === null) return null;
      least = Math.min(least, complete);
    }
    return least === Infinity ? null : least - COINBASE_PUBLISHING;
  }

  /** A product whose heartbeats have been ahead of its trades since before `time`; null when all is well. */
  missing(time: Micros): string | null {
    for (const [id, { waiting }] of this.#products) if (waiting !== null && waiting.time < time) return id;
    return null;
  }
}
