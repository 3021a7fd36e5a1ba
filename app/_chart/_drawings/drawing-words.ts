import { MINUTE, type Micros } from "#lib/domain/interval.ts";
import { price } from "../../_lib/format.ts";
import type { ZoneClock } from "../../_lib/zone-clock.ts";
import type { Drawing, Point } from "#lib/contracts/drawings.ts";
import { KIND_WORDS } from "./drawing.ts";

/** `Fri 20 Nov 14:35 EST`; with seconds where there are some. */
export function timeWords(zone: ZoneClock, time: Micros, now: Micros): string {
  const clock = time % MINUTE === 0 ? zone.minuteTime(time) : zone.secondTime(time);
  return `${zone.day(time, now)} ${clock} ${zone.name(time)}`;
}

/** A drawing as text: its kind, and where its points are. */
export function drawingWords(
  { kind, points, text }: Pick<Drawing, "kind" | "points" | "text">,
  { zone, now, decimals }: { zone: ZoneClock; now: Micros; decimals: number },
): string {
  const at = (point: Point): string => `${price(point.price, decimals)} at ${timeWords(zone, point.time, now)}`;
  const [a, b] = points;
  if (!a) return KIND_WORDS[kind];
  if (kind === "horizontal") return `${KIND_WORDS[kind]} at ${price(a.price, decimals)}`;
  if (kind === "note") return `${KIND_WORDS[kind]}${text === "" ? "" : ` “${text}”`}, ${at(a)}`;
  return `${KIND_WORDS[kind]} from ${at(a)}${b ? ` to ${at(b)}` : ""}`;
}
