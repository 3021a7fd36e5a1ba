/** The five intervals for which bars are kept. */
export const INTERVALS = ["1s", "1m", "5m", "1h", "1d"] as const;

export type Interval = (typeof INTERVALS)[number];

/** Integer microseconds since the epoch. */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

/** Length of each interval in microseconds; a `1d` window is a UTC day. */
export const INTERVAL_LENGTH: Readonly<Record<Interval, Micros>> = {
  "1s": SECOND,
  "1m": MINUTE,
  "5m": 5 * MINUTE,
  "1h": HOUR,
  "1d": DAY,
};

/** How long after its end a window still takes late ticks before it is sealed, unless the channel's `config` says otherwise. */
export const ALLOWED_LATENESS: Readonly<Record<Interval, Micros>> = {
  "1s": 5 * SECOND,
  "1m": 30 * SECOND,
  "5m": 60 * SECOND,
  "1h": 5 * MINUTE,
  "1d": 15 * MINUTE,
};

/** Start of the window of `interval` in which `time` lies. */
export function windowStart(interval: Interval, time: Micros): Micros {
  const length = INTERVAL_LENGTH[interval];
  return Math.floor(time / length) * length;
}

export function isInterval(value: string): value is Interval {
  return (INTERVALS as readonly string[]).includes(value);
}
