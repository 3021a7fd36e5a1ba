/** Where in the log of ticks a line was computed. */
export interface LogVersion {
  epoch: number;
  offset: number;
  line: number;
}

/** Whether `a` was computed later in the log than `b`. */
export function isNewer(a: LogVersion, b: LogVersion): boolean {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch;
  if (a.offset !== b.offset) return a.offset > b.offset;
  return a.line > b.line;
}
