import type { ServerReport } from "../../contracts/sources.ts";
import {
  afterFailure,
  afterProbe,
  isProven,
  nextServer,
  untried,
  worthAProbe,
  type ServerState,
} from "../../domain/failover/servers.ts";
import type { Micros } from "../../domain/interval.ts";
import { errorMessage } from "../../errors.ts";
import { troubleOf } from "./server-error.ts";

/** When a server failed, by the clock of its order, and how long it had served; null: it never began to. */
export interface FailedAt {
  time: Micros;
  served: Micros | null;
  random: number;
}

/** The servers of one source in their order of priority: which one serves, and what is known of the others. Times by one clock that never goes back. */
export class ServerOrder {
  readonly #addresses: readonly string[];
  readonly #reasons: (string | null)[];
  #states: readonly ServerState[];
  #serving: number | null = null;

  /** An order without servers is that of a source which is none: it has one place, and no reports. */
  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
    this.#states = untried(Math.max(1, addresses.length));
    this.#reasons = addresses.map(() => null);
  }

  /** The place of the one that serves; null while none does. */
  get serving(): number | null {
    return this.#serving;
  }

  /** Where to turn to, and when. */
  next(now: Micros): { place: number; at: Micros } {
    return nextServer(this.#states, now, this.#serving);
  }

  serves(place: number): void {
    this.#serving = place;
  }

  failed(place: number, error: unknown, failed: FailedAt): void {
    this.#states = afterFailure(this.#states, place, { trouble: troubleOf(error), ...failed });
    this.#reasons[place] = errorMessage(error);
    if (this.#serving === place) this.#serving = null;
  }

  /** It was tried beside the one that serves, and works. */
  worked(place: number, now: Micros): void {
    this.#states = afterProbe(this.#states, place, now);
  }

  /** Better servers than the one that serves which are worth a try. */
  worthAProbe(now: Micros): number[] {
    return this.#serving === null ? [] : worthAProbe(this.#states, now, this.#serving);
  }

  /** Whether the one that serves is to be left for a better one. */
  isProven(now: Micros): boolean {
    return this.#serving !== null && isProven(this.#states, now, this.#serving);
  }

  /** `data.example:9443, number 2 of 3` */
  named(place: number): string {
    return `${this.#addresses[place] ?? "itself"}, number ${place + 1} of ${this.#addresses.length}`;
  }

  /** What is known of each. `ahead`: the wall clock minus the clock of this order. */
  reports(ahead: Micros): ServerReport[] {
    return this.#addresses.map((address, place) => {
      const state = this.#states[place];
      return {
        address,
        serving: place === this.#serving,
        trouble: state?.trouble ?? null,
        reason: state?.trouble ? (this.#reasons[place] ?? null) : null,
        failedAt: wallTime(state?.failedAt, ahead),
        retryAt: wallTime(state?.retryAt, ahead),
        workingSince: wallTime(state?.workingSince, ahead),
      };
    });
  }
}

function wallTime(time: Micros | null | undefined, ahead: Micros): Micros | null {
  return time === null || time === undefined || time === -Infinity ? null : Math.round(time + ahead);
}
