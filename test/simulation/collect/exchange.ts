import { SECOND, type Micros } from "#lib/domain/interval.ts";
import type { FeedTick, TradesRequest } from "#lib/feeds/feed.ts";

/** A trade is sent at once, and may have been made almost this long before. */
export const DELAY: Micros = SECOND;

export type ExchangeTrade = FeedTick & { type: "trade" };

/** What was really traded, whoever heard of it. */
export class Exchange {
  readonly trades = new Map<string, ExchangeTrade[]>();

  /** A trade that becomes known now, `delay` after it was made. */
  trade(
    symbol: string,
    now: Micros,
    { delay, price, size }: { delay: Micros; price: number; size: number },
  ): ExchangeTrade {
    const own = this.trades.get(symbol) ?? [];
    this.trades.set(symbol, own);
    const time = Math.max(own.at(-1)?.time ?? 0, now - delay);
    const made: ExchangeTrade = { type: "trade", symbol, time, price, size, id: own.length + 1, side: "buy" };
    own.push(made);
    return made;
  }

  newest(symbol: string): ExchangeTrade | undefined {
    return this.trades.get(symbol)?.at(-1);
  }

  /** Everything after an id or from a time on. */
  history({ ticker: { symbol }, afterId, from, to }: TradesRequest): FeedTick[][] {
    const all = this.trades.get(symbol) ?? [];
    return [all.filter(({ id, time }) => (afterId === null ? time >= from : id > afterId) && time < to)];
  }

  /** All that it says in answer to a ping: what was made until then was sent before. */
  proof(now: Micros): { type: "proof"; time: Micros } {
    return { type: "proof", time: now - DELAY };
  }
}
