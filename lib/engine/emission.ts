import type { Frame, LogProducer } from "../contracts/log.ts";
import type { Names } from "../contracts/topics.ts";
import type { Letter } from "./dead-letter.ts";

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
  /** Of these, those for `ticks.late`. */
  readonly #reporting = new Set<Promise<void>>();
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
    void this.#sendFrames(this.#names.bars, frames);
  }

  latest(frames: readonly Buffer[]): void {
    void this.#sendFrames(this.#names.latest, frames);
  }

  dead(letters: readonly Letter[]): void {
    void this.#send(
      this.#names.dead,
      letters.map(({ key, value }) => ({ partition: DEAD_PARTITION, key, value })),
    );
  }

  late(letters: readonly Letter[]): void {
    if (letters.length === 0) return;
    const frames = letters.map(({ key, value }) => ({ partition: this.#partition, key, value }));
    const reporting = this.#send(this.#names.late, frames).finally(() => this.#reporting.delete(reporting));
    this.#reporting.add(reporting);
  }

  /** Resolves when every late tick told of before is acknowledged; rejects with the first failure. */
  async reported(): Promise<void> {
    if (this.#reporting.size > 0) await Promise.all(this.#reporting);
    this.throwFailure();
  }

  /** Resolves when everything sent before is acknowledged; rejects with the first failure. */
  async settled(): Promise<void> {
    await Promise.all(this.#sending);
    this.throwFailure();
  }

  throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  #sendFrames(topic: string, frames: readonly Buffer[]): Promise<void> {
    return this.#send(
      topic,
      frames.map((value) => ({ partition: this.#partition, value })),
    );
  }

  /** Never rejects: a failure is kept. */
  #send(topic: string, frames: readonly Frame[]): Promise<void> {
    if (frames.length === 0) return Promise.resolve();
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
    return sending;
  }
}
