"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { SIDE_LISTS, type SideList } from "../_lib/side-list.ts";
import { ActiveList } from "./active-list.tsx";
import { Movers } from "./movers.tsx";
import { Together } from "./together.tsx";

const WORDS: Readonly<Record<SideList, string>> = {
  movers: "Movers",
  traded: "Most traded",
  active: "Most active",
  together: "Correlation",
};

interface SidePanelProps {
  instruments: readonly InstrumentView[];
  /** Those of the watchlist, in its order; in their own where that moves with the market. */
  listed: readonly InstrumentView[];
  shown: SideList;
  onShow: (list: SideList) => void;
}

/** Beside the watchlist: who moves, who trades, and who moves with whom. */
export function SidePanel({ instruments, listed, shown, onShow }: SidePanelProps) {
  return (
    <section className="panel moves" aria-label={WORDS[shown]}>
      <header>
        <h2 className="sr">{WORDS[shown]}</h2>
        <div className="segment" role="group" aria-label="List">
          {SIDE_LISTS.map((list) => (
            <button key={list} type="button" aria-pressed={list === shown} onClick={() => onShow(list)}>
              {WORDS[list]}
            </button>
          ))}
        </div>
      </header>
      {shown === "movers" && <Movers instruments={instruments} />}
      {shown === "traded" && <ActiveList key="notional" order="notional" instruments={instruments} />}
      {shown === "active" && <ActiveList key="trades" order="trades" instruments={instruments} />}
      {shown === "together" && <Together listed={listed} />}
    </section>
  );
}
