"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import type { LiveTopics } from "#lib/contracts/views.ts";
import type { TradedSession } from "#lib/domain/calendar/day-sessions.ts";
import { keepQuery } from "../_lib/address.ts";
import type { HeatChoice } from "../_lib/heat.ts";
import { formatMarketLink, type MarketLink } from "../_lib/market-link.ts";
import { symbolHref } from "../_lib/links.ts";
import type { SideList } from "../_lib/side-list.ts";
import { movesWithMarket } from "../_lib/sort.ts";
import { useQuotesVersion } from "../_live/hooks.ts";
import { useLive, useTopics } from "../_live/live.tsx";
import { Notice } from "../_shell/notice.tsx";
import { BreadthStrip } from "./breadth-strip.tsx";
import { HeatMap } from "./heat-map.tsx";
import { ListPanel } from "./list-panel.tsx";
import { SidePanel } from "./side-panel.tsx";
import { useListRows } from "./use-list-rows.ts";
import { RESORT } from "./use-market-list.ts";

const TOPICS: LiveTopics = { quotes: "all", bars: [], prints: [] };

type Tab = "list" | "heat" | "moves";
const TABS: readonly { tab: Tab; words: string }[] = [
  { tab: "list", words: "Watchlist" },
  { tab: "heat", words: "Heat map" },
  { tab: "moves", words: "Activity" },
];

export function MarketPage(initial: MarketLink) {
  useTopics(TOPICS);
  const [view, setView] = useState<MarketLink>(initial);
  const [tab, setTab] = useState<Tab>("list");
  const [selected, setSelected] = useState<string | null>(null);
  const router = useRouter();
  const open = useCallback((symbol: string) => router.push(symbolHref(symbol)), [router]);
  const { instruments, listed, sorted, normals, panel } = useListRows(view, view.side === "unusual");
  const change = useCallback((next: Partial<MarketLink>) => setView((before) => ({ ...before, ...next })), []);
  useEffect(() => keepQuery("/", formatMarketLink(view)), [view]);
  const onHeat = useCallback(
    (heat: Partial<HeatChoice>) => setView((before) => ({ ...before, heat: { ...before.heat, ...heat } })),
    [],
  );
  const onSide = useCallback((side: SideList) => change({ side }), [change]);
  const onSession = useCallback((session: TradedSession | null) => change({ session }), [change]);
  return (
    <>
      <MarketNotice />
      <BreadthStrip instruments={instruments} />
      <nav className="phone tabs" aria-label="Parts of the page">
        <div className="segment">
          {TABS.map(({ tab: one, words }) => (
            <button key={one} type="button" aria-pressed={one === tab} onClick={() => setTab(one)}>
              {words}
            </button>
          ))}
        </div>
      </nav>
      <main className="page market" data-tab={tab}>
        <h1 className="sr">Market</h1>
        <ListPanel
          {...panel}
          view={view}
          onView={change}
          selected={selected}
          onSelect={setSelected}
          onOpen={open}
          everywhere
        />
        <HeatMap instruments={instruments} selected={selected} choice={view.heat} onChoose={onHeat} />
        <SidePanel
          instruments={instruments}
          listed={movesWithMarket(view.sort) ? listed : sorted}
          shown={view.side}
          onShow={onSide}
          session={view.session}
          onSession={onSession}
          normals={normals}
        />
      </main>
    </>
  );
}

function MarketNotice() {
  const { quotes } = useLive();
  useQuotesVersion(RESORT);
  return <Notice newest={quotes.newest} />;
}
