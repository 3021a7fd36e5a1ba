"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import type { TradedSession } from "#lib/domain/calendar/day-sessions.ts";
import { SIDE_LISTS, type SideList } from "../_lib/side-list.ts";
import { ActiveList } from "./active-list.tsx";
import { Movers } from "./movers.tsx";
import { Together } from "./together.tsx";
import { UnusualList } from "./unusual-list.tsx";
import type { VolumeNormals } from "./use-volume-normals.ts";

/** On the buttons, which stand in one row. */
const SHORT: Readonly<Record<SideList, string>> = {
  movers: "Movers",
  traded: "Traded",
  active: "Active",
  unusual: "Unusual",
  together: "Correlation",
};
const WORDS: Readonly<Record<SideList, string>> = {
  movers: "Movers",
  traded: "Most traded",
  active: "Most active",
  unusual: "Unusual volume",
  together: "Correlation",
};

interface SidePanelProps {
  instruments: readonly InstrumentView[];
  /** Those of the watchlist, in its order; in their own where that moves with the market. */
  listed: readonly InstrumentView[];
  shown: SideList;
  onShow: (list: SideList) => void;
  /** Of the movers. */
  session: TradedSession | null;
  onSession: (session: TradedSession | null) => void;
  normals: VolumeNormals;
}

/** Beside the watchlist: who moves, who trades, and who moves with whom. */
export function SidePanel(props: SidePanelProps) {
  const { instruments, listed, shown, onShow, session, onSession, normals } = props;
  return (
    <section className="panel moves" aria-label={WORDS[shown]}>
      <header>
        <h2 className="sr">{WORDS[shown]}</h2>
        <div className="segment" role="group" aria-label="List">
          {SIDE_LISTS.map((list) => (
            <button
              key={list}
              type="button"
              aria-pressed={list === shown}
              aria-label={WORDS[list]}
              onClick={() => onShow(list)}
            >
              {SHORT[list]}
            </button>
          ))}
        </div>
      </header>
      {shown === "movers" && <Movers instruments={instruments} session={session} onSession={onSession} />}
      {shown === "traded" && <ActiveList key="notional" order="notional" instruments={instruments} />}
      {shown === "active" && <ActiveList key="trades" order="trades" instruments={instruments} />}
      {shown === "unusual" && <UnusualList listed={listed} normals={normals} />}
      {shown === "together" && <Together listed={listed} />}
    </section>
  );
}
