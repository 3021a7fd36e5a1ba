/** The topics and indices of one installation; `namespace` keeps several apart on shared servers. */
export interface Names {
  ticks: string;
  bars: string;
  latest: string;
  dead: string;
  late: string;
  alerts: string;
  /** Prefix of every index and alias, ends with "-" unless empty. */
  indexPrefix: string;
}

/** `namespace` is empty or matches /^[a-z][a-z0-9]{0,15}$/. */
export function names(namespace: string): Names {
  const topic = namespace === "" ? "" : `${namespace}.`;
  return {
    ticks: `${topic}ticks`,
    bars: `${topic}bars`,
    latest: `${topic}latest`,
    dead: `${topic}ticks.dead`,
    late: `${topic}ticks.late`,
    alerts: `${topic}alerts`,
    indexPrefix: namespace === "" ? "" : `${namespace}-`,
  };
}
