import type { Frame, LogProducer } from "../contracts/log.ts";
import type { Names } from "../contracts/topics.ts";
import type { DeadLetter } from "./dead-letter.ts";

/** The topic of dead lines has one partition. */
const DEAD_PARTITION = 0;

/**
 * Sends what one partition has to tell, and knows what of it is not yet acknowledged. Holds no lines itself: what is pending is the
 * producer's, and the runner stops reading above its limit.
 */
export class Emission {
  readonly #producer: LogProducer;
  readonly #names: Names;
  readonly #partition: number;
  readonly #sending = new Set<Promise<void>>();
  #pendingBytes = 0;
  #failure: unknown = null;

  constructor(producer: LogProducer, names: Names, partition: number) {
    this.#producer = producer;
    this.#names = names;
    this.#partition = partition;
  }

  /** Bytes sent and not yet acknowledged. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  bars(frames: readonly Buffer[]): void {
    this.#sendFrames(this.#names.bars, frames);
  }

  latest(frames: readonly Buffer[]): void {
    this.#sendFrames(this.#names.latest, frames);
  }

  dead(letters: readonly DeadLetter[]): void {
    this.#send(
      this.#names.dead,
      letters.map(({ key, value }) => ({ partition: DEAD_PARTITION, key, value })),
    );
  }

  /** Resolves when everything sent before is acknowledged; rejects with the first failure. */
  async settled(): Promise<void> {
    await Promise.all(this.#sending);
    this.throwFailure();
  }

  throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  #sendFrames(topic: string, frames: readonly Buffer[]): void {
    this.#send(
      topic,
      frames.map((value) => ({ partition: this.#partition, value })),
    );
  }

  #send(topic: string, frames: readonly Frame[]): void {
    if (frames.length === 0) return;
    const bytes = frames.reduce((sum, { value }) => sum + value.length, 0);
    this.#pendingBytes += bytes;
    const sending = this.#producer
      .send(topic, frames)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#pendingBytes -= bytes;
        this.#sending.delete(sending);
      });
    this.#sending.add(sending);
  }
}
