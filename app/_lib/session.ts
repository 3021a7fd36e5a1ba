import { DAY, HOUR, MINUTE, type Micros } from "#lib/domain/interval.ts";

/** The session in which markets that never close are counted: one UTC day. */
export interface SessionView {
  start: Micros;
  end: Micros;
  /** Share that is over, 0 to 1. */
  done: number;
  /** `UTC day, ends in 9:42` */
  words: string;
}

export function sessionAt(now: Micros): SessionView {
  const start = Math.floor(now / DAY) * DAY;
  const end = start + DAY;
  const left = Math.ceil((end - now) / MINUTE) * MINUTE;
  const hours = Math.floor(left / HOUR);
  const minutes = String(Math.floor((left % HOUR) / MINUTE)).padStart(2, "0");
  return { start, end, done: (now - start) / DAY, words: `Day session, ends in ${hours}:${minutes}` };
}
