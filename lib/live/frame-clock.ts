import { SECOND, type Micros } from "../domain/interval.ts";
import { FramePace } from "./frame-pace.ts";

/** Changes that come within this of the first go into the same frame. */
const GATHER: Micros = 4_000;
/** Without changes pages look this often whether to give a sign of life. */
const IDLE: Micros = SECOND;

/** One page waiting for its next frame. */
export interface FrameWaiter {
  /** Resolves at the next beat, or when a signal it joined with aborts. */
  next(): Promise<void>;
  leave(): void;
}

/**
 * The beat of all frames of a process: right after a change when the last beat is long enough ago, else when it is.
 * One timer for all pages, none while nobody is connected.
 */
export class FrameClock {
  readonly #wakes = new Set<() => void>();
  readonly #pace = new FramePace();
  readonly #now: () => Micros;
  #timer: NodeJS.Timeout | null = null;
  #due: Micros = 0;
  #lastBeat: Micros = 0;

  constructor(now: () => Micros) {
    this.#now = now;
  }

  /** Something changed that pages have not seen. */
  notify(): void {
    const pages = this.#wakes.size;
    if (pages > 0) this.#schedule(Math.max(this.#now() + GATHER, this.#lastBeat + this.#pace.interval(pages)));
  }

  /** A waiter keeps one listener on each signal for its whole life: a promise raced anew each beat would leak. */
  join(...signals: AbortSignal[]): FrameWaiter {
    let resolve: (() => void) | null = null;
    const wake = () => {
      resolve?.();
      resolve = null;
    };
    for (const signal of signals) signal.addEventListener("abort", wake);
    this.#wakes.add(wake);
    this.#schedule(this.#now() + IDLE);
    return {
      next: () =>
        new Promise<void>((done) => {
          if (signals.some((signal) => signal.aborted)) done();
          else resolve = done;
        }),
      leave: () => {
        for (const signal of signals) signal.removeEventListener("abort", wake);
        this.#wakes.delete(wake);
        if (this.#wakes.size === 0) this.#stop();
      },
    };
  }

  /** The earliest time asked for counts. */
  #schedule(due: Micros): void {
    if (this.#timer && this.#due <= due) return;
    this.#stop();
    this.#due = due;
    this.#timer = setTimeout(() => this.#beat(), Math.max(0, due - this.#now()) / 1_000);
  }

  #beat(): void {
    this.#timer = null;
    this.#lastBeat = this.#now();
    this.#pace.observe(this.#lastBeat - this.#due);
    this.#schedule(this.#lastBeat + IDLE);
    for (const wake of this.#wakes) wake();
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
