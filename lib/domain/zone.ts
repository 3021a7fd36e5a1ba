import { DAY, HOUR, type Micros, SECOND } from "./interval.ts";

/** Days of which a zone's offset is remembered; beyond that all are forgotten. */
const CAPACITY = 20_000;

/** A time zone of the IANA database by its name. Throws a RangeError where there is none of it; `isZoneName` tells before. */
export class Zone {
  readonly name: string;
  readonly #parts: Intl.DateTimeFormat;
  readonly #days = new Map<number, Micros | null>();

  constructor(name: string) {
    this.name = name;
    this.#parts = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /**
   * Its wall clock minus UTC at an instant, microseconds. Asked of Intl twice a day of UTC, at its ends: only on a day that the clock is
   * changed on are instants asked one by one.
   */
  offsetAt(time: Micros): Micros {
    if (this.name === "UTC") return 0;
    const day = Math.floor(time / DAY);
    const held = this.#days.get(day);
    if (held !== undefined) return held ?? this.#ask(time);
    const [begin, end] = [this.#ask(day * DAY), this.#ask((day + 1) * DAY)];
    if (this.#days.size >= CAPACITY) this.#days.clear();
    this.#days.set(day, begin === end ? begin : null);
    return begin === end ? begin : this.#ask(time);
  }

  #ask(time: Micros): Micros {
    const seconds = Math.floor(time / SECOND) * SECOND;
    const part = new Map(this.#parts.formatToParts(seconds / 1_000).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
    const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
    return wall * 1_000 - seconds;
  }
}

/** Whether there is a time zone of this name. */
export function isZoneName(name: string): boolean {
  try {
    return name.length <= 64 && new Intl.DateTimeFormat("en-US", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** An instant as a zone's wall clock with its offset, ISO 8601: `2026-03-08T03:00:00.000-04:00`; of UTC with `Z`. */
export function isoIn(zone: Zone, time: Micros): string {
  if (zone.name === "UTC") return new Date(time / 1_000).toISOString();
  const offset = zone.offsetAt(time);
  const wall = new Date((time + offset) / 1_000).toISOString().slice(0, -1);
  return `${wall}${offset < 0 ? "-" : "+"}${clock(Math.abs(offset))}`;
}

function clock(length: Micros): string {
  const minutes = Math.floor((length % HOUR) / (60 * SECOND));
  return `${String(Math.floor(length / HOUR)).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
