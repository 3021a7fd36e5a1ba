import type { LatestLine } from "#lib/contracts/latest.ts";
import type { Frame, LogProducer } from "#lib/contracts/log.ts";
import { tickLineSchema, type TickLine } from "#lib/contracts/ticks.ts";
import type { Ticker } from "#lib/contracts/tickers.ts";
import type { FeedTick } from "#lib/feeds/feed.ts";
import type { Log } from "#lib/log.ts";

export const SILENT_LOG: Pick<Log, "info" | "warn" | "error"> = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export function ticker(symbol: string, change: Partial<Ticker> = {}): Ticker {
  return {
    symbol,
    name: symbol,
    sourceSymbol: symbol.slice(symbol.indexOf(":") + 1),
    source: "simulator",
    sector: null,
    formerTickers: [],
    aliases: [],
    currency: "USD",
    tickSize: 0.01,
    marketValue: null,
    liquidity: 0,
    state: "enabled",
    addedAt: 0,
    updatedAt: 0,
    ...change,
  };
}

export function trade(symbol: string, id: number, time: number): FeedTick & { type: "trade" } {
  return { type: "trade", symbol, time, price: 10 + (id % 7), size: 1, id };
}

export function latestLine(symbol: string, watermark: number | null): LatestLine {
  return {
    symbol,
    channel: "simulator-0",
    time: watermark ?? 0,
    receivedTime: watermark ?? 0,
    price: 1,
    size: 1,
    side: null,
    tradeTime: watermark,
    bid: null,
    bidSize: null,
    ask: null,
    askSize: null,
    dayStart: null,
    dayOpen: null,
    dayHigh: null,
    dayLow: null,
    dayVolume: null,
    dayVwap: null,
    dayTrades: null,
    watermark,
    epoch: 1,
    offset: 0,
    line: 0,
  };
}

export function linesOf(frame: Frame): TickLine[] {
  return frame.value
    .toString()
    .split("\n")
    .map((line) => tickLineSchema.parse(JSON.parse(line)));
}

/** A log in memory. It acknowledges at once unless it is told to hold. */
export class FakeLog implements LogProducer {
  readonly frames: Frame[] = [];
  hold = false;
  readonly #held: { frames: readonly Frame[]; done: () => void; failed: (reason: Error) => void }[] = [];
  /** Added to what is really pending. */
  extraPending = 0;

  get pendingBytes(): number {
    const held = this.#held.flatMap(({ frames }) => frames);
    return this.extraPending + held.reduce((sum, { value }) => sum + value.length, 0);
  }

  send(_topic: string, frames: readonly Frame[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#held.push({ frames, done, failed });
      if (!this.hold) this.deliver();
    });
  }

  /** Everything that was handed in is in the log and acknowledged. */
  deliver(): void {
    for (const { frames, done } of this.#held.splice(0)) {
      this.frames.push(...frames);
      done();
    }
  }

  refuse(reason: Error): void {
    for (const { failed } of this.#held.splice(0)) failed(reason);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  lines(partition?: number): TickLine[] {
    return this.frames.filter((frame) => partition === undefined || frame.partition === partition).flatMap(linesOf);
  }

  ofType<T extends TickLine["type"]>(type: T): Extract<TickLine, { type: T }>[] {
    return this.lines().filter((line): line is Extract<TickLine, { type: T }> => line.type === type);
  }
}
