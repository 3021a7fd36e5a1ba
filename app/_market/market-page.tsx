"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { InstrumentView, LiveTopics } from "#lib/contracts/views.ts";
import type { TradedSession } from "#lib/domain/calendar/day-sessions.ts";
import { keepQuery } from "../_lib/address.ts";
import { USUAL_COLUMNS } from "../_lib/columns.ts";
import type { HeatChoice } from "../_lib/heat.ts";
import { formatMarketLink, type MarketLink } from "../_lib/market-link.ts";
import { symbolHref } from "../_lib/links.ts";
import type { SideList } from "../_lib/side-list.ts";
import { movesWithMarket, ownOrder } from "../_lib/sort.ts";
import { useLists } from "../_lists/use-lists.ts";
import { useQuotesVersion } from "../_live/hooks.ts";
import { useLive, useTopics } from "../_live/live.tsx";
import { useMarket } from "../_live/market.ts";
import { Notice } from "../_shell/notice.tsx";
import { BreadthStrip } from "./breadth-strip.tsx";
import { HeatMap } from "./heat-map.tsx";
import { ListPanel } from "./list-panel.tsx";
import { SidePanel } from "./side-panel.tsx";
import { RESORT, useListed, useRefetchAfterReconnect, useSorted, useSparklines } from "./use-market-list.ts";
import { useVolumeNormals } from "./use-volume-normals.ts";

const TOPICS: LiveTopics = { quotes: "all", bars: [], prints: [] };
/** Sparklines and new tickers are read again this often, milliseconds; prices come by the stream. */
const EVERY = 30_000;
const NONE: readonly InstrumentView[] = [];

type Tab = "list" | "heat" | "moves";
const TABS: readonly { tab: Tab; words: string }[] = [
  { tab: "list", words: "Watchlist" },
  { tab: "heat", words: "Heat map" },
  { tab: "moves", words: "Activity" },
];

export function MarketPage(initial: MarketLink) {
  useTopics(TOPICS);
  const { data, error, refetch } = useMarket({ every: EVERY });
  const [view, setView] = useState<MarketLink>(initial);
  const [tab, setTab] = useState<Tab>("list");
  const [selected, setSelected] = useState<string | null>(null);
  const router = useRouter();
  const open = useCallback((symbol: string) => router.push(symbolHref(symbol)), [router]);
  const instruments = useMemo(() => (data ? ownOrder(data.instruments) : NONE), [data]);
  const again = useCallback(() => void refetch(), [refetch]);
  useRefetchAfterReconnect(again);

  const lists = useLists();
  const list = useMemo(() => lists.lists?.find(({ id }) => id === view.list) ?? null, [lists.lists, view.list]);
  const listed = useListed(instruments, list, view.exchange);
  const columns = view.columns ?? list?.columns ?? USUAL_COLUMNS;
  const seen = view.side === "unusual" || columns.includes("normal") || view.sort?.key === "normal";
  const normals = useVolumeNormals(listed, seen);
  const sorted = useSorted(listed, view.sort, normals.normalOf);
  const { closesOf, filledOf } = useSparklines(data?.sparklines);
  const change = useCallback((next: Partial<MarketLink>) => setView((before) => ({ ...before, ...next })), []);
  useEffect(() => keepQuery("/", formatMarketLink(view)), [view]);
  const onHeat = useCallback((heat: HeatChoice) => change({ heat }), [change]);
  const onSide = useCallback((side: SideList) => change({ side }), [change]);
  const onSession = useCallback((session: TradedSession | null) => change({ session }), [change]);
  const failed = error && !data ? error : view.list !== null ? lists.error : null;

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
          lists={lists}
          list={list}
          view={view}
          onView={change}
          instruments={data ? instruments : null}
          shown={sorted}
          error={failed}
          onAgain={() => {
            again();
            lists.again();
          }}
          closesOf={closesOf}
          filledOf={filledOf}
          normalOf={normals.normalOf}
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
