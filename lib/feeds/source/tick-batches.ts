import type { Micros } from "../../domain/interval.ts";
import type { FeedEvent, FeedTick } from "../feed.ts";

/** Gathers ticks that arrived together into one event, and keeps the order of everything. */
export class TickBatches {
  #events: FeedEvent[] = [];
  #ticks: FeedTick[] = [];
  #received: Micros = 0;

  tick(tick: FeedTick, received: Micros): void {
    if (received !== this.#received) this.#flush();
    this.#received = received;
    this.#ticks.push(tick);
  }

  event(event: FeedEvent): void {
    this.#flush();
    this.#events.push(event);
  }

  /** Everything since the last call. */
  take(): FeedEvent[] {
    this.#flush();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #flush(): void {
    if (this.#ticks.length === 0) return;
    this.#events.push({ type: "ticks", receivedTime: this.#received, ticks: this.#ticks });
    this.#ticks = [];
  }
}
