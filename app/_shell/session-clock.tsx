"use client";
import { sessionAt } from "../_lib/session.ts";
import { useSecond } from "../_live/hooks.ts";
import { useZone, useZoneState } from "../_live/zone.ts";

const TRACK = 128;

/** The server's clock, its zone beside it, and how much of the session is over. */
export function SessionClock() {
  const now = useSecond();
  const zone = useZone();
  const session = sessionAt(now, useZoneState().calendar);
  const x = now === 0 ? 0 : Math.round(session.done * (TRACK - 2));
  return (
    <div className="clock desk" title={now === 0 ? undefined : `${zone.day(now)}, ${zone.zone.name}`}>
      <svg width={TRACK} height={12} aria-hidden="true" className="crisp">
        <rect y={4} width={TRACK} height={4} className="track" />
        <rect y={4} width={x} height={4} className="track over" />
        {now > 0 && <rect x={x} width={2} height={12} className="track now" />}
      </svg>
      <div className="lines">
        <span>
          <b className="clock-time">{now === 0 ? "--:--:--" : zone.secondTime(now)}</b>{" "}
          <span className="dim">{now === 0 ? "" : zone.name(now)}</span>
        </span>
        <span className="sub">{now === 0 ? "" : session.words}</span>
      </div>
    </div>
  );
}

/** The same in one line, for the phone's strip. */
export function BriefClock() {
  const now = useSecond();
  const zone = useZone();
  const { calendar } = useZoneState();
  return (
    <>
      <div>
        <b>{now === 0 ? "--:--:--" : zone.secondTime(now)}</b>{" "}
        <span className="dim">{now === 0 ? "" : zone.name(now)}</span>
      </div>
      <div className="sub">{now === 0 ? "" : sessionAt(now, calendar).words}</div>
    </>
  );
}
