"use client";
import { createContext, useContext, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { Interval } from "#lib/domain/interval.ts";
import {
  CALENDAR_ZONE,
  isZoneChoice,
  resolveZone,
  zoneForLink,
  type ZoneChoice,
  type ZoneState,
} from "../_lib/zone.ts";
import { clockOf, UTC_CLOCK, type ZoneClock } from "../_lib/zone-clock.ts";

const KEY = "tapedeck-zone";
const USUAL: ZoneState = { choice: "exchange", linked: null, calendar: "utc" };

const listeners = new Set<() => void>();
let state: ZoneState | null = null;

function stored(): ZoneChoice {
  try {
    const text = localStorage.getItem(KEY);
    return isZoneChoice(text) ? text : USUAL.choice;
  } catch {
    // Storage may be forbidden.
    return USUAL.choice;
  }
}

/** This machine's zone. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function current(): ZoneState {
  return (state ??= { ...USUAL, choice: stored() });
}

function change(part: Partial<ZoneState>): void {
  state = { ...current(), ...part };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Chooses whose clock is shown, for good; where nothing can be stored, for this page. What a link asked for is over. */
export function chooseZone(choice: ZoneChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
  change({ choice, linked: null });
}

/** What the address of a view must say so that it shows the same times elsewhere; null: nothing. */
export function linkZone(): string | null {
  return zoneForLink(current(), localZone());
}

const usual = (): ZoneState => USUAL;

export function useZoneState(): ZoneState {
  return useSyncExternalStore(subscribe, current, usual);
}

/** The calendar of a part of the page, where it is another than the page's. */
export const CalendarContext = createContext<CalendarName | null>(null);

function useCalendar(): CalendarName {
  const own = useContext(CalendarContext);
  const { calendar } = useZoneState();
  return own ?? calendar;
}

/** The clock that all times of the page, or of a part with a calendar of its own, are shown by. */
export function useZone(): ZoneClock {
  const zones = useZoneState();
  const calendar = useCalendar();
  return useMemo(
    () => (zones === USUAL ? UTC_CLOCK : clockOf(resolveZone({ ...zones, calendar }, localZone()))),
    [zones, calendar],
  );
}

/** The clock that bars are dated by: days are the exchange's wherever one looks from. */
export function useBarZone(interval: Interval): ZoneClock {
  const zone = useZone();
  const calendar = useCalendar();
  return interval === "1d" ? clockOf(CALENDAR_ZONE[calendar]) : zone;
}

/** While mounted, the page shows what has this calendar, and its address asks for the zone `linked`. */
export function usePageZone(calendar: CalendarName, linked: string | null): void {
  useLayoutEffect(() => {
    change({ calendar });
    return () => change({ calendar: USUAL.calendar });
  }, [calendar]);
  useLayoutEffect(() => {
    change({ linked });
    return () => change({ linked: null });
  }, [linked]);
}
