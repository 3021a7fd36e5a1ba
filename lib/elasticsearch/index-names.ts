import type { Config } from "../config/config.ts";
import type { WriteTarget } from "../contracts/engine-store.ts";
import { DAY, INTERVALS, type Interval, type Micros } from "../domain/interval.ts";

const DAY_MILLISECONDS = DAY / 1000;

/** How much event time one index of bars holds. */
export const PERIODS: Readonly<Record<Interval, "day" | "month" | "year" | "all">> = {
  "1s": "day",
  "1m": "month",
  "5m": "year",
  "1h": "year",
  "1d": "all",
};

/** The indices that hold everything but bars. */
export const FIXED_INDICES = [
  "latest",
  "tickers",
  "checkpoints",
  "sources",
  "alert-rules",
  "alerts-log",
  "lists",
  "desks",
  "drawings",
  "audit",
  "people",
] as const;
export type FixedIndex = (typeof FIXED_INDICES)[number];

/** Every index and alias of one installation, by its prefix. */
export class IndexNames {
  readonly prefix: string;
  /** The last name given out for each interval and the days for which it holds: neighbours in time share it. */
  readonly #last = new Map<Interval, { from: number; to: number; name: string }>();

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  fixed(index: FixedIndex): string {
    return `${this.prefix}${index}`;
  }

  /** What readers name: an alias over all indices of the interval; the only index itself for 1d. */
  bars(interval: Interval): string {
    return `${this.prefix}bars-${interval}`;
  }

  /** Which indices a template covers. */
  pattern(interval: Interval): string {
    return PERIODS[interval] === "all" ? this.bars(interval) : `${this.bars(interval)}-*`;
  }

  /** The index of the bar that starts at `start`, a function of nothing else: a correction lands where the bar is. */
  barIndex(interval: Interval, start: Micros): string {
    const day = Math.floor(start / DAY);
    const last = this.#last.get(interval);
    if (last && day >= last.from && day < last.to) return last.name;
    const entry = this.#period(interval, day);
    this.#last.set(interval, entry);
    return entry.name;
  }

  /** Where a document of the engine goes. */
  target(target: WriteTarget): string {
    if (target.kind === "window" || target.kind === "given") return this.barIndex(target.interval, target.start);
    return this.fixed(target.kind === "latest" ? "latest" : "checkpoints");
  }

  /** The interval whose bars an index holds; null for all others. */
  intervalOf(index: string): Interval | null {
    return INTERVALS.find((each) => index === this.bars(each) || index.startsWith(`${this.bars(each)}-`)) ?? null;
  }

  #period(interval: Interval, day: number): { from: number; to: number; name: string } {
    const { from, to, suffix } = PERIOD_OF[PERIODS[interval]](new Date(day * DAY_MILLISECONDS));
    const name = suffix === "" ? this.bars(interval) : `${this.bars(interval)}-${suffix}`;
    return { from: from / DAY_MILLISECONDS, to: to / DAY_MILLISECONDS, name };
  }
}

/** The period in which a day lies: its ends in milliseconds, and how its index is called. */
const PERIOD_OF = {
  day: (date: Date) => ({
    from: date.getTime(),
    to: date.getTime() + DAY_MILLISECONDS,
    suffix: date.toISOString().slice(0, 10).replaceAll("-", "."),
  }),
  month: (date: Date) => ({
    from: Date.UTC(date.getUTCFullYear(), date.getUTCMonth()),
    to: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1),
    suffix: date.toISOString().slice(0, 7).replace("-", "."),
  }),
  year: (date: Date) => ({
    from: Date.UTC(date.getUTCFullYear(), 0),
    to: Date.UTC(date.getUTCFullYear() + 1, 0),
    suffix: String(date.getUTCFullYear()),
  }),
  all: () => ({ from: -Infinity, to: Infinity, suffix: "" }),
};

/** How long after its newest write an index of the interval is kept, microseconds; Infinity: for ever. */
export function retentionOf(
  interval: Interval,
  config: Pick<Config, "RETENTION_1S_DAYS" | "RETENTION_1M_DAYS">,
): Micros {
  if (interval === "1s") return config.RETENTION_1S_DAYS * DAY;
  if (interval === "1m") return config.RETENTION_1M_DAYS * DAY;
  return Infinity;
}
