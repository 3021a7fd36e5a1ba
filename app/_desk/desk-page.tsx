"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { Micros } from "#lib/domain/interval.ts";
import { ChartLinksContext, Shared, type ChartLinks } from "../_chart/chart-links.ts";
import type { SharedRange } from "../_chart/_prepare/shared-range.ts";
import { isTyping } from "../_lib/keys.ts";
import { useQuotesVersion } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import { useTRPC } from "../_live/trpc.tsx";
import { usePageZone } from "../_live/zone.ts";
import { useChooserOfPage } from "../_search/symbol-chooser.ts";
import { lastSymbol } from "../_shell/last-seen.ts";
import { Notice } from "../_shell/notice.tsx";
import { usePhone } from "../_ui/use-phone.ts";
import { type Desk, KIND_WORDS, withFirstSymbol } from "./_layout/desk.ts";
import type { DeskLink } from "./_layout/desk-link.ts";
import { placesOf, type Seam, WHOLE } from "./_layout/places.ts";
import { firstDesk } from "./_layout/presets.ts";
import { evened, moved, panelsOf } from "./_layout/tree.ts";
import { DeskBar } from "./desk-bar.tsx";
import { PanelFrame } from "./panel-frame.tsx";
import { SeamHandle } from "./seam-handle.tsx";
import { type DeskHandle, useDesk } from "./use-desk.ts";

/** A desk of one to eight panels. */
export function DeskPage({ desk, alone, saved, zone }: DeskLink) {
  const handle = useDesk({ desk: desk ?? firstDesk(null), alone, saved });
  usePageZone(useActiveCalendar(handle), zone);
  useFirstSymbol(handle);
  useDeskKeys(handle);
  const { active, choose } = handle;
  useChooserOfPage(
    useMemo(() => ({ choose: (symbol) => choose(active, symbol), words: "show it in the panel" }), [choose, active]),
  );
  const links = useChartLinks(handle.desk);
  return (
    <>
      <DeskNotice />
      <main className="page desk-page">
        <h1 className="sr">Desk</h1>
        <DeskBar handle={handle} />
        <PhoneTabs handle={handle} />
        <ChartLinksContext value={links}>
          <Panels handle={handle} />
        </ChartLinksContext>
      </main>
    </>
  );
}

function Panels({ handle }: { handle: DeskHandle }) {
  const { desk, alone, active, change } = handle;
  const phone = usePhone();
  const only = phone ? active : alone;
  const { panels, seams } = useMemo(() => placesOf(desk.tree), [desk.tree]);
  const onMove = ({ path, place }: Seam, share: number): void =>
    change((before) => ({ ...before, tree: moved(before.tree, path, place, share) }));
  const onEven = ({ path }: Seam): void => change((before) => ({ ...before, tree: evened(before.tree, path) }));
  return (
    <div className="desk-panels">
      {[...desk.panels].map(([id, panel]) => {
        const place = only === null ? panels.get(id) : id === only ? WHOLE : undefined;
        return place && <PanelFrame key={id} id={id} panel={panel} place={place} handle={handle} />;
      })}
      {only === null &&
        seams.map((seam) => (
          <SeamHandle key={`${seam.path.join(".")}|${seam.place}`} seam={seam} onMove={onMove} onEven={onEven} />
        ))}
    </div>
  );
}

/** On a phone there is room for one panel. */
function PhoneTabs({ handle }: { handle: DeskHandle }) {
  const { desk, active, activate } = handle;
  return (
    <nav className="phone tabs" aria-label="Panels">
      <div className="segment">
        {panelsOf(desk.tree).map((id) => {
          const panel = desk.panels.get(id);
          return (
            panel && (
              <button key={id} type="button" aria-pressed={id === active} onClick={() => activate(id)}>
                {panel.kind === "chart" ? (panel.symbol?.split(":").at(-1) ?? "Chart") : KIND_WORDS[panel.kind]}
              </button>
            )
          );
        })}
      </div>
    </nav>
  );
}

function DeskNotice() {
  const { quotes } = useLive();
  useQuotesVersion(1_000);
  return <Notice newest={quotes.newest} />;
}

/** The clock of the page is that of the active panel's market. */
function useActiveCalendar({ desk, active }: DeskHandle) {
  const trpc = useTRPC();
  const symbol = desk.panels.get(active)?.symbol ?? null;
  const { data } = useQuery(
    trpc.symbol.snapshot.queryOptions({ symbol: symbol ?? "" }, { enabled: symbol !== null, retry: 1 }),
  );
  return data?.instrument.calendar ?? "utc";
}

/** Panels without a symbol take the one that was looked at last, else the one that trades most. */
function useFirstSymbol({ desk, change }: DeskHandle): void {
  const trpc = useTRPC();
  const open = [...desk.panels.values()].some(({ symbol }) => symbol === null);
  const { data } = useQuery(trpc.search.tickers.queryOptions({ words: "", limit: 1 }, { enabled: open }));
  const most = data?.hits[0]?.ticker.symbol ?? null;
  useEffect(() => {
    const symbol = lastSymbol.get() ?? most;
    if (!open || symbol === null) return;
    change((before) => withFirstSymbol(before, symbol));
  }, [open, most, change]);
}

/** F6 goes from panel to panel, Alt+M shows one alone. */
function useDeskKeys({ desk, alone, active, activate, showAlone }: DeskHandle): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.defaultPrevented || isTyping(event.target)) return;
      if (event.altKey && event.code === "KeyM") showAlone(alone === null ? active : null);
      else if (event.key === "F6") {
        const order = panelsOf(desk.tree);
        const next = order.at((order.indexOf(active) + (event.shiftKey ? -1 : 1)) % order.length) ?? active;
        if (alone === null) activate(next);
        else showAlone(next);
        document.querySelector<HTMLElement>(`#panel-${next}`)?.focus({ preventScroll: true });
      } else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [desk.tree, alone, active, activate, showAlone]);
}

/** Each synchronisation begins anew when it is switched on. */
function useChartLinks({ crosshair, range }: Desk): ChartLinks {
  const pointed = useMemo(() => (crosshair ? new Shared<Micros>() : null), [crosshair]);
  const shown = useMemo(() => (range ? new Shared<SharedRange>() : null), [range]);
  return useMemo(() => ({ pointed, range: shown }), [pointed, shown]);
}
