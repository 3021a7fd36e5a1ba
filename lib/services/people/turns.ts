import { TapedeckError } from "../../errors.ts";

export interface TurnsOptions {
  /** Pieces of work under way at the same time. */
  atOnce: number;
  /** How many may wait for their turn. Overflow: refused. */
  waiting: number;
  /** What a refusal says. */
  refusal: string;
}

/** Does costly work a few pieces at a time, the others in the order in which they came. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** What the work gives. RATE_LIMITED when too many wait already. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const { atOnce, waiting, refusal } = this.#options;
    if (this.#running < atOnce) this.#running += 1;
    else if (this.#waiting.length >= waiting) throw new TapedeckError("RATE_LIMITED", refusal);
    // Who ends hands over the place, so that nobody comes between.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
