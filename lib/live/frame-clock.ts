import type { Micros } from "../domain/interval.ts";
import { FramePace } from "./frame-pace.ts";

/** One page waiting for its next frame. */
export interface FrameWaiter {
  /** Resolves at the next beat, or when a signal it joined with aborts. */
  next(): Promise<void>;
  leave(): void;
}

/** The beat of all frames of a process: one timer for all pages, none while nobody is connected. */
export class FrameClock {
  readonly #wakes = new Set<() => void>();
  readonly #pace = new FramePace();
  readonly #now: () => Micros;
  #timer: NodeJS.Timeout | null = null;

  constructor(now: () => Micros) {
    this.#now = now;
  }

  get waiting(): number {
    return this.#wakes.size;
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
    this.#start();
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

  #start(): void {
    if (this.#timer) return;
    const { interval } = this.#pace;
    const due = this.#now() + interval;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#pace.observe(this.#now() - due);
      if (this.#wakes.size > 0) this.#start();
      for (const wake of this.#wakes) wake();
    }, interval / 1_000);
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
