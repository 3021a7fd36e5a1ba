import type { LatestLine } from "#lib/contracts/latest.ts";
import type { Frame, LogProducer } from "#lib/contracts/log.ts";
import { tickLineSchema, type TickLine } from "#lib/contracts/ticks.ts";
import type { FeedTick } from "#lib/feeds/feed.ts";
import type { Log } from "#lib/log.ts";
import { latestLine as lineOf } from "#test/support/latest-line.ts";

export const SILENT_LOG: Pick<Log, "info" | "warn" | "error"> = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export function trade(symbol: string, id: number, time: number): FeedTick & { type: "trade" } {
  return { type: "trade", symbol, time, price: 10 + (id % 7), size: 1, id };
}

/** What `latest` says of a symbol whose watermark stands here; null: it has none. */
export function latestLine(symbol: string, watermark: number | null): LatestLine {
  const time = watermark ?? 0;
  return lineOf(symbol, { watermark, time, receivedTime: time, tradeTime: watermark });
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
