import type { Micros } from "#lib/domain/interval.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** What is left until `end`: `02:17`, `1:02:17` above an hour; `00:00` once it is over. */
export function countdown(end: Micros, now: Micros): string {
  const seconds = Math.max(0, Math.ceil((end - now) / 1e6));
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** ISO without fractions, for links. */
export function isoSecond(micros: Micros): string {
  return new Date(Math.floor(micros / 1_000)).toISOString().replace(/\.\d+Z$/, "Z");
}

/** How many readings the estimate below looks back over. */
const READINGS = 64;

/**
 * Server clock minus this machine's, microseconds. Each reading is too small by the way the message took, so the largest of the last ones
 * is the nearest to the truth; the window lets it follow a clock that is set.
 */
export class ClockOffset {
  readonly #readings: number[] = [];

  add(serverTime: Micros, receivedMillis: number): void {
    this.#readings.push(serverTime - receivedMillis * 1_000);
    if (this.#readings.length > READINGS) this.#readings.shift();
  }

  get offset(): Micros {
    return this.#readings.length === 0 ? 0 : Math.max(...this.#readings);
  }
}
