import type { InstrumentView } from "#lib/contracts/views.ts";
import type { AdjustmentMode } from "#lib/domain/adjustment/steps.ts";
import type { Interval, Micros } from "#lib/domain/interval.ts";
import { isoIn } from "#lib/domain/zone.ts";
import { ADJUSTMENT_WORDS } from "../_lib/adjustments.ts";
import { barEnd } from "../_lib/bars.ts";
import { isoSecond } from "../_lib/clock.ts";
import type { ZoneClock } from "../_lib/zone-clock.ts";

/** What of the chart is shown. */
export interface Shown {
  instrument: Pick<InstrumentView, "symbol" | "calendar" | "simulated">;
  interval: Interval;
  /** Start of the oldest bar in sight; null while nothing is. */
  from: Micros | null;
  /** Start of the newest bar in sight. */
  to: Micros | null;
  /** Pre- and post-market too. */
  extended: boolean;
  /** What was done to prices; raw of what has neither splits nor dividends. */
  adjust: AdjustmentMode;
  /** By which bars are dated. */
  clock: ZoneClock;
}

/** What can be taken away of it. */
export interface Exported {
  csv: string;
  parquet: string;
  /** Written on the picture. */
  title: string;
  simulated: boolean;
  /** Of the picture, without an extension. */
  fileName: string;
}

/** Where the bars in sight can be had, and what their picture says of itself. */
export function exportedView(shown: Shown): Exported {
  const { symbol, calendar, simulated } = shown.instrument;
  const { interval, from, extended, adjust, clock } = shown;
  const to = shown.to === null ? null : barEnd(calendar, interval, shown.to);
  const parameters = new URLSearchParams({ symbol, interval });
  if (!extended) parameters.set("session", "regular");
  if (adjust !== "raw") parameters.set("adjust", adjust);
  if (from !== null) parameters.set("from", isoSecond(from));
  if (to !== null) parameters.set("to", isoSecond(to));
  const parquet = `/api/bars.parquet?${parameters.toString()}`;
  if (clock.zone.name !== "UTC") parameters.set("tz", clock.zone.name);
  const at = (time: Micros): string => minuteIn(clock, time).slice(0, interval === "1d" ? 10 : undefined);
  // Of days the newest itself, not the midnight after it.
  const last = interval === "1d" ? shown.to : to;
  const range = from === null || last === null ? [] : [`${at(from)} – ${at(last)}`];
  const date = to === null ? "" : `-${minuteIn(clock, to).slice(0, 10)}`;
  const name = `${symbol.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}-${interval}${date}`;
  return {
    csv: `/api/bars.csv?${parameters.toString()}`,
    parquet,
    title: [symbol, interval, ...range, clock.zone.name, ...(adjust === "raw" ? [] : [ADJUSTMENT_WORDS[adjust]])].join(
      " · ",
    ),
    simulated,
    fileName: simulated ? `SIMULATED-${name}` : name,
  };
}

/** `2026-11-20 14:30` */
function minuteIn({ zone }: ZoneClock, time: Micros): string {
  return isoIn(zone, time).slice(0, 16).replace("T", " ");
}
