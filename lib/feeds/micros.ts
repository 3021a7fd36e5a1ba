import type { Micros } from "../domain/interval.ts";
import { TapedeckError } from "../errors.ts";

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/;

/** Microseconds of an ISO time; more digits are cut off, a missing zone is UTC. BAD_INPUT. */
export function isoMicros(text: string): Micros {
  const [, day, clock, fraction = "", zone = "Z"] = ISO.exec(text) ?? [];
  const millis = Date.parse(`${day}T${clock}${zone}`);
  const micros = millis * 1_000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
  if (Number.isSafeInteger(micros) && micros >= 0) return micros;
  throw new TapedeckError("BAD_INPUT", `${JSON.stringify(text.slice(0, 40))} is not a time`);
}

/** Below these an epoch time is in seconds (until the year 5138), milliseconds, microseconds (each from 1973 on). */
const SECONDS = 1e11;
const MILLIS = 1e14;
const MICROS = 1e17;

/** Microseconds of an epoch time in s, ms or µs, told apart by its size. BAD_INPUT. */
export function epochMicros(epoch: number): Micros {
  const unit = epoch < SECONDS ? 1e6 : epoch < MILLIS ? 1e3 : 1;
  const micros = Math.round(epoch * unit);
  if (micros >= 0 && micros < MICROS && Number.isSafeInteger(micros)) return micros;
  throw new TapedeckError("BAD_INPUT", `${epoch} is not a time in s, ms or µs`);
}

const EPOCH = /^\d+(\.\d+)?$/;

/** Microseconds of a time as recordings have it: ISO, or the epoch in s, ms or µs. BAD_INPUT. */
export function anyMicros(value: unknown): Micros {
  if (typeof value === "number") return epochMicros(value);
  if (typeof value !== "string") throw new TapedeckError("BAD_INPUT", "time is missing");
  const text = value.trim();
  return EPOCH.test(text) ? epochMicros(Number(text)) : isoMicros(text);
}
