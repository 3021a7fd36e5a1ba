import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { isZoneName } from "#lib/domain/zone.ts";

/** Whose clock the pages show: the exchange's, this machine's, or UTC. */
export const ZONE_CHOICES = ["exchange", "local", "utc"] as const;
export type ZoneChoice = (typeof ZONE_CHOICES)[number];

/** The zone in which a calendar's days begin and end. */
export const CALENDAR_ZONE: Readonly<Record<CalendarName, string>> = {
  utc: "UTC",
  "us-equities": "America/New_York",
};

export function isZoneChoice(text: string | null): text is ZoneChoice {
  return ZONE_CHOICES.some((choice) => choice === text);
}

/** What a link says of the zone: a choice, or the name of a zone; null where it says nothing that is understood. */
export function parseZone(text: string): string | null {
  return isZoneChoice(text) || (text.includes("/") && isZoneName(text)) ? text : null;
}

export interface ZoneState {
  /** What the person has chosen for good. */
  choice: ZoneChoice;
  /** What the address of this view asks for instead; null: nothing. */
  linked: string | null;
  /** The calendar of what the page shows. */
  calendar: CalendarName;
}

/** The name of the zone that is shown. `local`: that of this machine. */
export function resolveZone({ choice, linked, calendar }: ZoneState, local: string): string {
  const wanted = linked ?? choice;
  if (wanted === "exchange") return CALENDAR_ZONE[calendar];
  if (wanted === "local") return local;
  return wanted === "utc" ? "UTC" : wanted;
}

/** Which of the three choices is in effect; null where a link names another zone. */
export function shownChoice({ choice, linked }: ZoneState, local: string): ZoneChoice | null {
  const wanted = linked ?? choice;
  if (isZoneChoice(wanted)) return wanted;
  return wanted === local ? "local" : null;
}

/** What a link must say so that another machine shows the same: nothing where everybody sees the exchange's clock by default. */
export function zoneForLink(state: ZoneState, local: string): string | null {
  const shown = shownChoice(state, local);
  if (shown === "exchange") return null;
  return shown === "utc" ? "utc" : resolveZone(state, local);
}

/** `America/New_York` as `New York`. */
export function zonePlace(name: string): string {
  return (name.split("/").at(-1) ?? name).replaceAll("_", " ");
}
