import type { Session } from "../domain/calendar/calendar.ts";
import type { TradedSession } from "../domain/calendar/day-sessions.ts";
import type { VolumeNormal } from "../domain/volume-normal.ts";

/** How a symbol moved in a session of its present day. */
export interface SessionMove {
  symbol: string;
  /** Of the session. */
  start: number;
  end: number;
  /** Of its last trade. */
  price: number;
  /** The close of the regular session before this one. */
  base: number;
  /** Against it. */
  percent: number;
}

/** What moved in a session, what gained most first. A symbol without a trade in it is not among them. */
export interface MoversView {
  session: TradedSession;
  moves: SessionMove[];
  serverTime: number;
}

/** The volume of a session until a minute, against the same minutes of the sessions before it. */
export interface VolumeNormalView extends VolumeNormal {
  symbol: string;
  session: Session;
  /** The minutes that are added up: from the session's start. */
  from: number;
  to: number;
  /** null where nothing traded. */
  volume: number | null;
  /** Too few sessions are stored, and the source is being asked for the minutes of more. */
  fetching: boolean;
}

export interface VolumeNormalsView {
  rows: VolumeNormalView[];
  serverTime: number;
}
