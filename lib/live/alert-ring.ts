import type { AlertTrigger } from "../contracts/alerts.ts";

/** Alerts that a page may miss while it is slow; the log has all of them. */
export const ALERTS_HELD = 100;

/** The newest alerts, each with the number of the change that brought it. Overflow: the oldest make room. */
export class AlertRing {
  readonly #held = new Map<string, { alert: AlertTrigger; changed: number }>();

  /** False when it is held: it is told again where its delivery was taken over. */
  push(alert: AlertTrigger, changed: number): boolean {
    if (this.#held.has(alert.id)) return false;
    this.#held.set(alert.id, { alert, changed });
    const [oldest] = this.#held.keys();
    if (this.#held.size > ALERTS_HELD && oldest !== undefined) this.#held.delete(oldest);
    return true;
  }

  /** What came after `cursor`, oldest first. */
  since(cursor: number): AlertTrigger[] {
    if (this.#held.size === 0) return [];
    return [...this.#held.values()].filter(({ changed }) => changed > cursor).map(({ alert }) => alert);
  }
}
