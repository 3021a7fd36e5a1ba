import { DAY, type Micros } from "../interval.ts";
import type { Calendar, Segment } from "./calendar.ts";

/** Markets that never close: a session is a day of UTC. */
export class UtcCalendar implements Calendar {
  readonly name = "utc";
  #segment: Segment = { session: "regular", start: 0, end: 0 };

  segmentOf(time: Micros): Segment {
    const { start, end } = this.#segment;
    if (time >= start && time < end) return this.#segment;
    const day = Math.floor(time / DAY) * DAY;
    return (this.#segment = { session: "regular", start: day, end: day + DAY });
  }
}
