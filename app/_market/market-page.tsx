"use client";
import Link from "next/link";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { InstrumentView, LiveTopics } from "#lib/contracts/views.ts";
import { keepQuery } from "../_lib/address.ts";
import {
  formatSort,
  movesWithMarket,
  nextSort,
  ownOrder,
  sortInstruments,
  type Sort,
  type SortKey,
} from "../_lib/sort.ts";
import { formatHeat, type HeatChoice } from "../_lib/heat.ts";
import type { SideList } from "../_lib/side-list.ts";
import { thinned } from "../_lib/sparkline.ts";
import { useConnection, useQuotesVersion } from "../_live/hooks.ts";
import { useLive, useTopics } from "../_live/live.tsx";
import { useMarket } from "../_live/market.ts";
import { Notice } from "../_shell/notice.tsx";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";
import { usePhone } from "../_ui/use-phone.ts";
import { BreadthStrip } from "./breadth-strip.tsx";
import { HeatMap } from "./heat-map.tsx";
import { LoadingRows } from "./loading.tsx";
import { SidePanel } from "./side-panel.tsx";
import { PhoneRow } from "./watch-row.tsx";
import { Watchlist } from "./watchlist.tsx";

const TOPICS: LiveTopics = { quotes: "all", bars: [], prints: [] };
/** Sparklines and new tickers are read again this often, milliseconds; prices come by the stream. */
const EVERY = 30_000;
/** A list that is sorted by something that moves is sorted again this often, milliseconds. */
const RESORT = 1_000;
const NONE: readonly InstrumentView[] = [];
const NO_CLOSES: readonly number[] = [];

type Tab = "list" | "heat" | "moves";
const TABS: readonly { tab: Tab; words: string }[] = [
  { tab: "list", words: "Watchlist" },
  { tab: "heat", words: "Heat map" },
  { tab: "moves", words: "Activity" },
];

interface View {
  sort: Sort | null;
  exchange: string | null;
  /** What is beside the watchlist. */
  side: SideList;
  heat: HeatChoice;
}

function keepInAddress({ sort, exchange, side, heat }: View): void {
  const parameters = new URLSearchParams();
  if (sort) parameters.set("sort", formatSort(sort));
  if (exchange !== null) parameters.set("exchange", exchange);
  if (side !== "movers") parameters.set("side", side);
  const heatWords = formatHeat(heat);
  if (heatWords !== null) parameters.set("heat", heatWords);
  keepQuery("/", parameters.size === 0 ? "" : `?${parameters.toString()}`);
}

function useSparklines(sparklines: Record<string, number[]> | undefined) {
  return useMemo(() => {
    const all = Object.entries(sparklines ?? {});
    const slots = Math.max(1, ...all.map(([, closes]) => closes.length));
    const thin = new Map(
      all.map(([symbol, closes]) => [symbol, { closes: thinned(closes), filled: closes.length / slots }]),
    );
    return {
      closesOf: (symbol: string) => thin.get(symbol)?.closes ?? NO_CLOSES,
      filledOf: (symbol: string) => thin.get(symbol)?.filled ?? 1,
    };
  }, [sparklines]);
}

function useSorted(instruments: readonly InstrumentView[], sort: Sort | null): readonly InstrumentView[] {
  const { quotes } = useLive();
  const version = useQuotesVersion(RESORT);
  const moving = movesWithMarket(sort) ? version : 0;
  return useMemo(
    () => sortInstruments(instruments, sort, (symbol) => quotes.quote(symbol)),
    // `moving` stands for the quotes, which live outside React.
    // oxlint-disable-next-line react/exhaustive-deps
    [instruments, sort, quotes, moving],
  );
}

/** What may have been missed while the stream was away is read again. */
function useRefetchAfterReconnect(refetch: () => void): void {
  const { opened } = useConnection();
  useEffect(() => {
    if (opened > 1) refetch();
  }, [opened, refetch]);
}

export function MarketPage(initial: View) {
  useTopics(TOPICS);
  const phone = usePhone();
  const { data, error, refetch } = useMarket({ every: EVERY });
  const [view, setView] = useState<View>(initial);
  const [tab, setTab] = useState<Tab>("list");
  const [selected, setSelected] = useState<string | null>(null);
  const instruments = useMemo(() => (data ? ownOrder(data.instruments) : NONE), [data]);
  const again = useCallback(() => void refetch(), [refetch]);
  useRefetchAfterReconnect(again);

  const exchanges = useMemo(() => [...new Set(instruments.map((one) => one.exchange))], [instruments]);
  const listed = useMemo(
    () => (view.exchange === null ? instruments : instruments.filter((one) => one.exchange === view.exchange)),
    [instruments, view.exchange],
  );
  const sorted = useSorted(listed, view.sort);
  const { closesOf, filledOf } = useSparklines(data?.sparklines);
  const change = useCallback((next: Partial<View>) => setView((before) => ({ ...before, ...next })), []);
  useEffect(() => keepInAddress(view), [view]);
  const onHeat = useCallback((heat: HeatChoice) => change({ heat }), [change]);
  const onSide = useCallback((side: SideList) => change({ side }), [change]);
  const onSort = useCallback(
    (key: SortKey) => setView((before) => ({ ...before, sort: nextSort(before.sort, key) })),
    [],
  );

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
        <section className="panel list" aria-label="Watchlist">
          <ListHead
            exchanges={exchanges}
            chosen={view.exchange}
            count={data ? listed.length : null}
            onChoose={change}
          />
          {error && !data && <Failure title="The watchlist could not be read" error={error} onRetry={again} />}
          {!data && !error && <LoadingRows />}
          {data && instruments.length === 0 && <NoTickers />}
          {data && instruments.length > 0 && !phone && (
            <Watchlist
              instruments={sorted}
              closesOf={closesOf}
              filledOf={filledOf}
              sort={view.sort}
              onSort={onSort}
              selected={selected}
              onSelect={setSelected}
            />
          )}
          {data && phone && (
            <div className="phone rows live">
              {sorted.map((instrument) => (
                <PhoneRow
                  key={instrument.symbol}
                  instrument={instrument}
                  closes={closesOf(instrument.symbol)}
                  filled={filledOf(instrument.symbol)}
                  selected={false}
                />
              ))}
            </div>
          )}
        </section>
        <HeatMap instruments={instruments} selected={selected} choice={view.heat} onChoose={onHeat} />
        <SidePanel
          instruments={instruments}
          listed={movesWithMarket(view.sort) ? listed : sorted}
          shown={view.side}
          onShow={onSide}
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

interface ListHeadProps {
  exchanges: readonly string[];
  chosen: string | null;
  /** null while it is not known. */
  count: number | null;
  onChoose: (view: Partial<View>) => void;
}

function ListHead({ exchanges, chosen, count, onChoose }: ListHeadProps) {
  return (
    <header className="desk">
      <div className="segment" role="group" aria-label="Exchange">
        <button type="button" aria-pressed={chosen === null} onClick={() => onChoose({ exchange: null })}>
          All
        </button>
        {exchanges.map((exchange) => (
          <button
            key={exchange}
            type="button"
            aria-pressed={exchange === chosen}
            onClick={() => onChoose({ exchange })}
          >
            {exchange}
          </button>
        ))}
      </div>
      <span className="grow" />
      <span className="dim">
        {count === null ? <Late>Loading symbols</Late> : `${count} ${count === 1 ? "symbol" : "symbols"}`}
      </span>
    </header>
  );
}

function NoTickers() {
  return (
    <div className="calm">
      <h3>No symbols are collected yet</h3>
      <p>Add a ticker, and it shows here within two seconds.</p>
      <div className="row">
        <Link className="btn primary" href="/admin/tickers">
          Add a ticker
        </Link>
      </div>
    </div>
  );
}
