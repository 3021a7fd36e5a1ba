/** Prints what has been done, one line a step, with the seconds since the beginning. */
export class Steps {
  readonly #started = performance.now();
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** `  3.2 s  Kafka answers at 127.0.0.1:19092`. */
  say(text: string): void {
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    this.#print(`${seconds.padStart(6)} s  ${text}`);
  }

  /** Does the work and says so, with what it came to. */
  async step<T>(work: Promise<T>, done: (result: T) => string): Promise<T> {
    const result = await work;
    this.say(done(result));
    return result;
  }
}
