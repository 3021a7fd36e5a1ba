import { type Calendar, type Segment } from "#lib/domain/calendar/calendar.ts";
import { DAY, INTERVAL_LENGTH, type Interval, type Micros } from "#lib/domain/interval.ts";
import { indexAt } from "../../_lib/bars.ts";
import type { BarSeries } from "../bar-series.ts";
import type { TimeAxis } from "../_prepare/time-axis.ts";

/** Where times stand on a chart's axis of places (see TimeAxis), and which time stands at a place: with bars there or without. */
export interface TimePlaces {
  /** The place of an instant; parts of bars are parts of places. */
  slot: (time: Micros) => number;
  /** The instant of a place. */
  time: (slot: number) => Micros;
  /** The start of the bar nearest to a place; where there is none, of the one that would be. */
  snapped: (slot: number) => Micros;
}

export interface PlacesOptions {
  series: BarSeries;
  axis: TimeAxis;
  interval: Interval;
  calendar: Calendar;
  /** Only bars of the regular session are drawn. */
  regular: boolean;
}

/** Segments that are walked through beyond the bars held, some three years of stocks; further away all time counts as open. */
const SEGMENTS = 4_000;
/** Instants remembered that lie before all bars held; beyond that all are forgotten. */
const REMEMBERED = 4_096;

/** Windows of a segment as a number of places: none of what has no bars. */
class Windows {
  readonly #options: PlacesOptions;
  readonly #length: Micros;

  constructor(options: PlacesOptions) {
    this.#options = options;
    this.#length = INTERVAL_LENGTH[options.interval];
  }

  /** How many windows a segment has. */
  count({ session, start, end }: Segment): number {
    const { interval, regular } = this.#options;
    if (session === "closed" || (session !== "regular" && (regular || interval === "1d"))) return 0;
    return interval === "1d" ? 1 : Math.ceil((end - start) / this.#length);
  }

  /** How many of them have passed at a time; the part of the one that lasts as a part. */
  passed(segment: Segment, time: Micros): number {
    const count = this.count(segment);
    if (time >= segment.end) return count;
    const length = this.#options.interval === "1d" ? segment.end - segment.start : this.#length;
    return Math.min(count, Math.max(0, time - segment.start) / length);
  }

  /** The instant at which so many of them have passed. */
  instant(segment: Segment, passed: number): Micros {
    const length = this.#options.interval === "1d" ? segment.end - segment.start : this.#length;
    return Math.round(segment.start + passed * length);
  }

  /** Places from one instant to a later one. */
  between(from: Micros, to: Micros): number {
    const { calendar } = this.#options;
    let segment = calendar.segmentOf(from);
    let places = -this.passed(segment, from);
    for (let walked = 0; segment.end <= to; walked++) {
      if (walked === SEGMENTS) return places + (to - segment.start) / this.#length;
      places += this.count(segment);
      segment = calendar.segmentOf(segment.end);
    }
    return places + this.passed(segment, to);
  }

  /** The instant so many places after another. */
  after(from: Micros, places: number): Micros {
    const { calendar } = this.#options;
    let segment = calendar.segmentOf(from);
    let left = places + this.passed(segment, from);
    for (let walked = 0; left >= this.count(segment); walked++) {
      if (walked === SEGMENTS) return Math.round(segment.start + left * this.#length);
      left -= this.count(segment);
      segment = calendar.segmentOf(segment.end);
    }
    return this.instant(segment, left);
  }

  /** The instant so many places before another. */
  before(to: Micros, places: number): Micros {
    const { calendar } = this.#options;
    let segment = calendar.segmentOf(to);
    let left = places - this.passed(segment, to);
    for (let walked = 0; left > 0; walked++) {
      if (walked === SEGMENTS) return Math.round(segment.start - left * this.#length);
      segment = calendar.segmentOf(segment.start - 1);
      left -= this.count(segment);
    }
    return this.instant(segment, -left);
  }
}

/** Places from an instant to the oldest bar: a way that may be long is walked once for each. */
function placesBefore(windows: Windows): (time: Micros, oldest: Micros) => number {
  const known = new Map<Micros, number>();
  let countedFrom: Micros | null = null;
  return (time, oldest) => {
    if (countedFrom !== oldest || known.size >= REMEMBERED) known.clear();
    countedFrom = oldest;
    const places = known.get(time) ?? windows.between(time, oldest);
    known.set(time, places);
    return places;
  };
}

/** On an axis of time a place is a time. */
function linear({ series, axis }: PlacesOptions, origin: Micros, unit: Micros): TimePlaces {
  const time = (slot: number): Micros => Math.round(origin + slot * unit);
  return {
    slot: (instant) => (instant - origin) / unit,
    time,
    snapped: (slot) => {
      const position = Math.round(axis.position(slot));
      const bar = Math.abs(axis.slot(position) - slot) <= 0.5 ? series.at(position) : undefined;
      return bar?.start ?? time(Math.round(slot));
    },
  };
}

/** Side by side: between held bars by them, beyond them by the calendar. */
function sideBySide(options: PlacesOptions): TimePlaces {
  const { series, interval } = options;
  const windows = new Windows(options);
  const before = placesBefore(windows);
  const length = interval === "1d" ? DAY : INTERVAL_LENGTH[interval];
  /** From a bar's start to the next bar, at most one window: what lies between has no width. */
  const room = (position: number, start: Micros): Micros =>
    Math.min(length, (series.at(position + 1)?.start ?? Infinity) - start);
  const slot = (time: Micros): number => {
    const [oldest, newest] = [series.at(series.first), series.at(series.last)];
    if (!oldest || !newest) return 0;
    if (time >= newest.start) return series.last + windows.between(newest.start, time);
    if (time < oldest.start) return series.first - before(time, oldest.start);
    const position = series.first + indexAt(series.closed(), time);
    const start = series.at(position)?.start ?? time;
    return position + Math.min(1, (time - start) / room(position, start));
  };
  const time = (place: number): Micros => {
    const [oldest, newest] = [series.at(series.first), series.at(series.last)];
    if (!oldest || !newest) return 0;
    if (place >= series.last) return windows.after(newest.start, place - series.last);
    if (place < series.first) return windows.before(oldest.start, series.first - place);
    const position = Math.floor(place);
    const start = series.at(position)?.start ?? oldest.start;
    return Math.round(start + (place - position) * room(position, start));
  };
  return { slot, time, snapped: (place) => time(Math.round(place)) };
}

/** The places of a series, read as it is when they are asked for. */
export function timePlaces(options: PlacesOptions): TimePlaces {
  const [origin, next] = [options.axis.time(0), options.axis.time(1)];
  return origin === null || next === null ? sideBySide(options) : linear(options, origin, next - origin);
}
