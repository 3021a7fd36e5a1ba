"use client";
import { type CalendarName, CALENDARS } from "#lib/domain/calendar/calendar.ts";

const NAMES: Readonly<Record<CalendarName, string>> = {
  utc: "Around the clock, days of UTC",
  "us-equities": "US stock exchanges",
};

interface CalendarFieldProps {
  /** Null: that of the source. */
  value: CalendarName | null;
  onChoose: (calendar: CalendarName | null) => void;
  /** Whether it may be left to the source. */
  optional?: boolean;
  /** What is stored now, where that differs from what was chosen. */
  newest?: CalendarName | null;
}

/** When a symbol trades: what its days are, and when it is called closed. */
export function CalendarField({ value, onChoose, optional = false, newest = null }: CalendarFieldProps) {
  return (
    <label className="field wide">
      <span>Trading hours</span>
      <select
        value={value ?? ""}
        onChange={(event) => onChoose(CALENDARS.find((one) => one === event.target.value) ?? null)}
      >
        {optional && <option value="">the usual ones</option>}
        {CALENDARS.map((one) => (
          <option key={one} value={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
      {newest !== null && <span className="hint">now stored: {NAMES[newest]}</span>}
    </label>
  );
}
