import type { AlertTrigger } from "#lib/contracts/alerts.ts";
import type { Micros } from "#lib/domain/interval.ts";

/** Ids that are remembered: more than the server tells again. */
const REMEMBERED = 500;

/** Alerts noticed so long before the first frame are news all the same: while the page was loading, or by a clock that differs a little. */
const GRACE: Micros = 2_000_000;

type Listener = (fresh: readonly AlertTrigger[]) => void;

/**
 * Hands each alert on once, however often the page's stream brings it, and none that was noticed before the page came: by the server's clock,
 * for the visitor's may be wrong. Overflow: the oldest ids are forgotten.
 */
export class AlertFeed {
  readonly #seen = new Set<string>();
  readonly #listeners = new Set<Listener>();

  #since: Micros | null = null;

  /** `serverTime`: that of the frame that brings them, also where it brings none. */
  publish(alerts: readonly AlertTrigger[], serverTime: Micros): void {
    const since = (this.#since ??= serverTime - GRACE);
    const fresh = alerts.filter(({ id, recorded }) => recorded >= since && !this.#seen.has(id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) this.#seen.add(id);
    for (const id of this.#seen) {
      if (this.#seen.size <= REMEMBERED) break;
      this.#seen.delete(id);
    }
    for (const listener of this.#listeners) listener(fresh);
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
