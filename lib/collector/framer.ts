import type { LogProducer } from "../contracts/log.ts";
import type { Micros } from "../domain/interval.ts";
import { sleep, type Clock } from "./clock.ts";

export interface FrameLimits {
  /** How long the first line of a frame waits for others; 0 sends each line at once. */
  linger: Micros;
  /** The most lines of one frame. */
  lines: number;
  /** The most characters of one frame, its longest line excepted. */
  characters: number;
}

export const FRAME_LIMITS: FrameLimits = { linger: 5_000, lines: 500, characters: 65_536 };

/** Above this, handed to the producer and not acknowledged, a source is not read on. */
export const PENDING_LIMIT_BYTES = 8_388_608;
const ROOM_POLL: Micros = 5_000;

export interface FramerOptions {
  producer: LogProducer;
  topic: string;
  partitions: number;
  clock: Clock;
  limits?: FrameLimits;
}

interface Lane {
  partition: number;
  text: string;
  lines: number;
  /** Lines taken in, and those of them that the log has acknowledged. */
  written: number;
  acknowledged: number;
  waiting: { position: number; run: () => void }[];
}

/**
 * Gathers lines into frames: one first-in-first-out buffer a partition, for ticks, proofs and configurations alike, so that a line
 * lies in the log behind every line that was added before it. It holds no more than one frame a partition; what is sent waits in the producer,
 * and whoever reads a source asks for `room` first. A frame that the producer refuses ends all acknowledgement, hence all proofs: `failure`.
 */
export class Framer {
  readonly partitions: number;
  /** Resolves with the reason when the log takes nothing more; never rejects. */
  readonly failure: Promise<unknown>;
  readonly #producer: LogProducer;
  readonly #topic: string;
  readonly #clock: Clock;
  readonly #limits: FrameLimits;
  readonly #lanes: Lane[];
  readonly #fail: (reason: unknown) => void;
  #broken = false;
  #timer: (() => void) | null = null;

  constructor({ producer, topic, partitions, clock, limits = FRAME_LIMITS }: FramerOptions) {
    this.partitions = partitions;
    this.#producer = producer;
    this.#topic = topic;
    this.#clock = clock;
    this.#limits = limits;
    this.#lanes = Array.from({ length: partitions }, (_, partition) => {
      return { partition, text: "", lines: 0, written: 0, acknowledged: 0, waiting: [] };
    });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.failure = promise;
    this.#fail = resolve;
  }

  add(partition: number, line: string): void {
    const lane = this.#lane(partition);
    if (lane.lines > 0 && lane.text.length + line.length >= this.#limits.characters) this.#send(lane);
    lane.text = lane.lines === 0 ? line : `${lane.text}\n${line}`;
    lane.lines += 1;
    lane.written += 1;
    if (lane.lines >= this.#limits.lines || this.#limits.linger === 0) this.#send(lane);
    else this.#timer ??= this.#clock.after(this.#limits.linger, () => this.flush());
  }

  /** Lines added to a partition so far: the position behind the newest. */
  written(partition: number): number {
    return this.#lane(partition).written;
  }

  /** Runs once every line before `position` of the partition is acknowledged: at once, later, or never. */
  whenAcknowledged(partition: number, position: number, run: () => void): void {
    const lane = this.#lane(partition);
    if (lane.acknowledged >= position) run();
    else lane.waiting.push({ position, run });
  }

  /** Sends what has gathered. */
  flush(): void {
    this.#timer?.();
    this.#timer = null;
    for (const lane of this.#lanes) this.#send(lane);
  }

  /** Sends what has gathered and waits until everything added so far is acknowledged, or the signal aborts, or the log takes nothing more. */
  async drained(signal?: AbortSignal): Promise<void> {
    this.flush();
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    signal?.addEventListener("abort", () => resolve(), { once: true });
    if (signal?.aborted) return;
    const lanes = this.#lanes.map(
      (lane) => new Promise<void>((done) => this.whenAcknowledged(lane.partition, lane.written, done)),
    );
    await Promise.race([Promise.all(lanes), this.failure, aborted]);
  }

  /** Resolves when the producer has room for more, or the signal aborts. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#producer.pendingBytes > PENDING_LIMIT_BYTES && !signal.aborted)
      await sleep(this.#clock, ROOM_POLL, signal);
  }

  #lane(partition: number): Lane {
    const lane = this.#lanes[partition];
    if (!lane) throw new RangeError(`partition ${partition} of ${this.partitions}`);
    return lane;
  }

  #send(lane: Lane): void {
    if (lane.lines === 0) return;
    const { partition, lines } = lane;
    const value = Buffer.from(lane.text);
    lane.text = "";
    lane.lines = 0;
    if (this.#broken) return; // what the log will never take is not kept either
    this.#producer.send(this.#topic, [{ partition, value }]).then(
      () => this.#acknowledge(lane, lines),
      (reason: unknown) => {
        this.#broken = true;
        this.#fail(reason);
      },
    );
  }

  #acknowledge(lane: Lane, lines: number): void {
    if (this.#broken) return;
    lane.acknowledged += lines;
    while ((lane.waiting[0]?.position ?? Infinity) <= lane.acknowledged) lane.waiting.shift()?.run();
  }
}
