import type { Micros } from "#lib/domain/interval.ts";
import { ClockOffset } from "../_lib/clock.ts";

/** The server's clock on this machine, and one timer for everything that counts seconds. */
export class ClockStore {
  readonly #offset = new ClockOffset();
  readonly #listeners = new Set<() => void>();
  #second: Micros = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A message said that it was `serverTime` when it was sent. */
  hear(serverTime: Micros): void {
    this.#offset.add(serverTime, Date.now());
  }

  /** Server time now, microseconds. */
  now(): Micros {
    return Date.now() * 1_000 + this.#offset.offset;
  }

  /** Server time at the last whole second, stable between ticks; 0 while nobody listens. */
  second = (): Micros => this.#second;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#tick();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearTimeout(this.#timer);
    };
  };

  #tick = (): void => {
    clearTimeout(this.#timer);
    const now = this.now();
    this.#second = Math.floor(now / 1e6) * 1e6;
    // A little past the boundary, so that a timer that fires early does not repeat a second.
    this.#timer = setTimeout(this.#tick, 1_010 - (Math.floor(now / 1_000) % 1_000));
    for (const listener of this.#listeners) listener();
  };
}
