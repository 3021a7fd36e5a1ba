import type { AlertTrigger } from "#lib/contracts/alerts.ts";

/** Ids that are remembered: more than the server tells again. */
const REMEMBERED = 500;

type Listener = (fresh: readonly AlertTrigger[]) => void;

/** Hands each alert on once, however often the page's stream brings it. Overflow: the oldest ids are forgotten. */
export class AlertFeed {
  readonly #seen = new Set<string>();
  readonly #listeners = new Set<Listener>();

  publish(alerts: readonly AlertTrigger[]): void {
    const fresh = alerts.filter(({ id }) => !this.#seen.has(id));
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
