import { AUDIT_LIMITS } from "../../contracts/audit.ts";
import { MINUTE, SECOND, type Micros } from "../../domain/interval.ts";
import { PEOPLE_LIMITS } from "../../contracts/people.ts";
import { TapedeckError } from "../../errors.ts";
import { RecentTimes } from "../recent-times.ts";

/** How many changes each person has on the record within the last minute. As many people are held as there may be. */
export class AuditPace {
  readonly #times = new RecentTimes({ length: MINUTE, capacity: PEOPLE_LIMITS.people + 1 });

  /** Counts a change. RATE_LIMITED, saying when to try again, where somebody makes too many; those do not count. */
  count(who: string, now: Micros): void {
    const free = this.#times.freeAt(who, AUDIT_LIMITS.aMinute, now);
    if (free !== null) {
      const seconds = Math.ceil((free - now) / SECOND);
      throw new TapedeckError(
        "RATE_LIMITED",
        `These are more than ${AUDIT_LIMITS.aMinute} changes within a minute; go on in ${seconds} s.`,
      );
    }
    this.#times.add(who, now);
  }
}
