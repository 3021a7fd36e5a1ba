"use client";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { TimeView } from "../_lib/chart-link.ts";
import { CALENDAR_ZONE, shownChoice, ZONE_CHOICES, zonePlace, type ZoneChoice } from "../_lib/zone.ts";
import { useSecond } from "../_live/hooks.ts";
import { chooseZone, localZone, useZone, useZoneState } from "../_live/zone.ts";
import { Icon } from "../_ui/icon.tsx";
import { useAway } from "../_ui/use-away.ts";

interface TimeMenuProps {
  calendar: CalendarName;
  time: TimeView;
  onTime: (time: TimeView) => void;
}

/** Whose clock is shown, whether closed time takes its room, and which parts of the day are drawn. */
export function TimeMenu(props: TimeMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const zone = useZone();
  const now = useSecond();
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const close = useCallback(() => setPlace(null), []);
  const open = (): void => {
    const box = button.current?.getBoundingClientRect();
    if (box) setPlace({ left: Math.max(8, Math.min(box.left, window.innerWidth - WIDTH - 8)), top: box.bottom + 4 });
  };
  const name = now === 0 ? "UTC" : zone.name(now);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn zone"
        aria-label={`Time: clocks in ${name}`}
        aria-haspopup="dialog"
        aria-expanded={place !== null}
        title="Time zone, closed time, pre- and post-market"
        onClick={() => (place ? close() : open())}
      >
        <Icon name="clock" />
        {name}
      </button>
      {place && (
        <TimeSheet
          {...props}
          place={place}
          onClose={(back) => {
            close();
            if (back) button.current?.focus();
          }}
        />
      )}
    </>
  );
}

const WIDTH = 300;

interface TimeSheetProps extends TimeMenuProps {
  place: { left: number; top: number };
  /** `back`: the focus goes to the button again. */
  onClose: (back: boolean) => void;
}

function TimeSheet({ calendar, time, onTime, place, onClose }: TimeSheetProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const away = useRef(onClose);
  useEffect(() => {
    away.current = onClose;
  });
  useAway(
    sheet,
    useCallback(() => away.current(false), []),
  );
  useEffect(() => sheet.current?.querySelector<HTMLInputElement>("input:checked")?.focus({ preventScroll: true }), []);
  const hasParts = calendar !== "utc";
  return (
    // Esc closes it wherever in it the focus is.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={sheet}
      className="menu time-menu"
      role="dialog"
      aria-label="Time"
      style={place}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose(true);
        // Its arrows choose; they are not the chart's.
        event.stopPropagation();
      }}
    >
      <Zones calendar={calendar} />
      <fieldset>
        <legend>Closed time and gaps</legend>
        <label>
          <input
            type="checkbox"
            checked={time.linear}
            onChange={(event) => onTime({ ...time, linear: event.target.checked })}
          />
          As wide as they are long
        </label>
      </fieldset>
      <fieldset>
        <legend>Pre- and post-market</legend>
        <label>
          <input
            type="checkbox"
            checked={time.extended && hasParts}
            disabled={!hasParts}
            onChange={(event) => onTime({ ...time, extended: event.target.checked })}
          />
          Draw them, tinted
          <small>{hasParts ? "" : "this market has none"}</small>
        </label>
      </fieldset>
    </div>
  );
}

function Zones({ calendar }: { calendar: CalendarName }) {
  const name = useId();
  const state = useZoneState();
  const zone = useZone();
  const chosen = shownChoice(state, localZone());
  const words: Readonly<Record<ZoneChoice, readonly [string, string]>> = {
    exchange: ["Exchange", zonePlace(CALENDAR_ZONE[calendar])],
    local: ["Local", zonePlace(localZone())],
    utc: ["UTC", ""],
  };
  return (
    <fieldset>
      <legend>Time zone</legend>
      {ZONE_CHOICES.map((choice) => (
        <label key={choice}>
          <input type="radio" name={name} checked={choice === chosen} onChange={() => chooseZone(choice)} />
          {words[choice][0]}
          <small>{words[choice][1]}</small>
        </label>
      ))}
      {chosen === null && <p>The link asks for {zonePlace(zone.zone.name)}.</p>}
    </fieldset>
  );
}
