import type { Micros } from "#lib/domain/interval.ts";
import { Remembered } from "../_lib/remembered.ts";

const mark = new Remembered("tapedeck-alerts-read");

function timeOf(text: string | null): Micros | null {
  const time = Number(text);
  return Number.isSafeInteger(time) && time > 0 ? time : null;
}

/** Everything noticed until `time` is seen. */
export function markRead(time: Micros): void {
  if (time > (timeOf(mark.get()) ?? 0)) mark.set(String(time));
}

/** Up to when this person has seen the alerts; null before the first visit. */
export function useReadMark(): Micros | null {
  return timeOf(mark.useText());
}
