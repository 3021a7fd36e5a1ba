import type { Frame, LogProducer } from "../contracts/log.ts";
import type { Names } from "../contracts/topics.ts";
import type { DeadLetter } from "./dead-letter.ts";

/** A frame of lines ends at about this many characters. */
const FRAME_CHARACTERS = 65_536;

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

  bars(lines: readonly string[]): void {
    this.#send(this.#names.bars, this.#frames(lines));
  }

  latest(lines: readonly string[]): void {
    this.#send(this.#names.latest, this.#frames(lines));
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

  #frames(lines: readonly string[]): Frame[] {
    const frames: Frame[] = [];
    let text = "";
    for (const line of lines) {
      if (text.length + line.length > FRAME_CHARACTERS && text !== "") {
        frames.push({ partition: this.#partition, value: Buffer.from(text) });
        text = "";
      }
      text += text === "" ? line : `\n${line}`;
    }
    if (text !== "") frames.push({ partition: this.#partition, value: Buffer.from(text) });
    return frames;
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
