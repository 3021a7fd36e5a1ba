import type { Clock } from "#lib/collector/clock.ts";
import type { Micros } from "#lib/domain/interval.ts";

/** Lets everything that waits for no clock go on until it stands still. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Time that moves only when a test says so. */
export class ManualClock implements Clock {
  #now: Micros;
  /** What the wall clock is ahead. */
  #set: Micros = 0;
  #timers: { due: Micros; run: () => void }[] = [];
  readonly #random: () => number;

  constructor(now: Micros = 0, random: () => number = () => 0.5) {
    this.#now = now;
    this.#random = random;
  }

  now(): Micros {
    return this.#now + this.#set;
  }

  steady(): Micros {
    return this.#now;
  }

  /** Somebody sets the wall clock; nothing that waits is due sooner or later for it. */
  jump(by: Micros): void {
    this.#set += by;
  }

  random(): number {
    return this.#random();
  }

  after(length: Micros, run: () => void): () => void {
    const timer = { due: this.#now + length, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Moves on, running what is due on the way, each at its own time. */
  async advance(length: Micros): Promise<void> {
    const end = this.#now + length;
    for (;;) {
      await settle();
      const next = this.#timers.reduce<{ due: Micros; run: () => void } | null>(
        (first, timer) => (timer.due <= end && (first === null || timer.due < first.due) ? timer : first),
        null,
      );
      if (!next) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = end;
  }
}
