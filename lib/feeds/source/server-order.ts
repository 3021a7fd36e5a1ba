import type { ServerReport } from "../../contracts/sources.ts";
import {
  afterFailure,
  afterProbe,
  afterService,
  firstChoice,
  isProven,
  nextServer,
  untried,
  worthAProbe,
  type ServerState,
} from "../../domain/failover/servers.ts";
import type { Micros } from "../../domain/interval.ts";
import { errorMessage } from "../../errors.ts";
import { troubleOf } from "./server-error.ts";

/** When a server failed, by the clock of its order, and how long it had served, as `Failure` says it. */
export interface FailedAt {
  time: Micros;
  served: Micros | null;
  random: number;
}

/** The servers of one source in their order of priority: which one is turned to, and what is known of the others. Times by one clock that never goes back. */
export class ServerOrder {
  readonly #addresses: readonly string[];
  readonly #reasons: (string | null)[];
  #states: readonly ServerState[];
  #chosen: number | null = null;

  /** An order without servers is that of a source which is none: it has one place, and no reports. */
  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
    this.#states = untried(Math.max(1, addresses.length));
    this.#reasons = addresses.map(() => null);
  }

  /** The place of the one that was turned to last; null once that has failed. */
  get chosen(): number | null {
    return this.#chosen;
  }

  /** Where to turn to, and when. */
  next(now: Micros): { place: number; at: Micros } {
    return nextServer(this.#states, now, this.#chosen);
  }

  /** Which one else to turn to now, but for those that were `tried`; null where each is known to be bad. */
  another(now: Micros, tried: ReadonlySet<number>): number | null {
    const chosen = this.#chosen;
    return chosen !== null && !tried.has(chosen) ? chosen : firstChoice(this.#states, now, tried);
  }

  /** Turns to it. One that was turned to before and has not failed was well. */
  choose(place: number): void {
    if (this.#chosen !== null && this.#chosen !== place) this.#states = afterService(this.#states, this.#chosen);
    this.#chosen = place;
  }

  failed(place: number, error: unknown, failed: FailedAt): void {
    this.#states = afterFailure(this.#states, place, { trouble: troubleOf(error), ...failed });
    this.#reasons[place] = errorMessage(error);
    if (this.#chosen === place) this.#chosen = null;
  }

  /** It was tried beside the chosen one, and works. */
  worked(place: number, now: Micros): void {
    this.#states = afterProbe(this.#states, place, now);
  }

  /** Better servers than the chosen one which are worth a try. */
  worthAProbe(now: Micros): number[] {
    return this.#chosen === null ? [] : worthAProbe(this.#states, now, this.#chosen);
  }

  /** Whether the chosen one is to be left for a better one. */
  isProven(now: Micros): boolean {
    return this.#chosen !== null && isProven(this.#states, now, this.#chosen);
  }

  /** `data.example:9443, number 2 of 3` */
  named(place: number): string {
    return `${this.#addresses[place] ?? "itself"}, number ${place + 1} of ${this.#addresses.length}`;
  }

  /** What is known of each. `ahead`: the wall clock minus the clock of this order. `serves`: the one that was turned to has answered, and still does. */
  reports(ahead: Micros, serves: boolean): ServerReport[] {
    return this.#addresses.map((address, place) => {
      const state = this.#states[place];
      return {
        address,
        serving: serves && place === this.#chosen,
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
