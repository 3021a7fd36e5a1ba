import { useSyncExternalStore } from "react";
import type { Micros } from "#lib/domain/interval.ts";

const KEY = "tapedeck-alerts-read";
const listeners = new Set<() => void>();
let held: Micros | null | undefined;

/** Up to when this person has seen the alerts; null before the first visit. */
function readMark(): Micros | null {
  if (held === undefined) {
    try {
      const stored = Number(localStorage.getItem(KEY));
      held = Number.isSafeInteger(stored) && stored > 0 ? stored : null;
    } catch {
      held = null;
    }
  }
  return held;
}

/** Everything noticed until `time` is seen. */
export function markRead(time: Micros): void {
  if (time <= (readMark() ?? 0)) return;
  held = time;
  try {
    localStorage.setItem(KEY, String(time));
  } catch {
    // Storage may be forbidden; then it is remembered for this page only.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const onServer = (): null => null;

export function useReadMark(): Micros | null {
  return useSyncExternalStore(subscribe, readMark, onServer);
}
