"use client";
import { useContext, type ReactNode } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { MadePanel } from "../_composite/composite-aside.tsx";
import { describeError } from "../_lib/errors.ts";
import { decimalsOf, percent, price, side } from "../_lib/format.ts";
import { changeOf } from "../_lib/quotes.ts";
import { useFreshness, useQuote } from "../_live/hooks.ts";
import { CalendarContext } from "../_live/zone.ts";
import { OpenSearchContext } from "../_search/open-search.ts";
import { useSymbol } from "../_symbol/use-symbol.ts";
import { Failure } from "../_ui/failure.tsx";
import { RowFreshness } from "../_ui/freshness.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Late } from "../_ui/late.tsx";
import { Menu } from "../_ui/menu.tsx";
import { KIND_WORDS, type Panel } from "./_layout/desk.ts";
import type { Place } from "./_layout/places.ts";
import { ChartView } from "./chart-view.tsx";
import { LINK_HUES, linkItems, panelItems } from "./panel-menu.ts";
import { QuoteView, SizesView, TapeView } from "./trade-views.tsx";
import type { DeskHandle } from "./use-desk.ts";
import { WatchlistView } from "./watchlist-view.tsx";

interface PanelFrameProps {
  id: number;
  panel: Panel;
  place: Place;
  handle: DeskHandle;
}

/** A panel of the desk: what it shows, of which symbol, with whom it goes along. */
export function PanelFrame({ id, panel, place, handle }: PanelFrameProps) {
  const { active, activate } = handle;
  const { kind, symbol } = panel;
  const openSearch = useContext(OpenSearchContext);
  const find = (): void => {
    activate(id);
    openSearch();
  };
  return (
    // What is touched is the panel that keys go to.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="desk-panel"
      id={`panel-${id}`}
      aria-label={`${KIND_WORDS[kind]}${symbol === null ? "" : `, ${symbol}`}`}
      data-active={active === id ? "" : undefined}
      tabIndex={-1}
      style={{ left: `${place.left}%`, top: `${place.top}%`, width: `${place.width}%`, height: `${place.height}%` }}
      onPointerDownCapture={() => activate(id)}
      onFocusCapture={() => activate(id)}
    >
      <header className="desk-head">
        <LinkButton id={id} panel={panel} handle={handle} />
        {kind !== "watchlist" && (
          <button
            type="button"
            className="btn sym"
            aria-label={symbol === null ? "Choose a symbol" : `${symbol}: choose another`}
            title="Choose a symbol; or type"
            onClick={find}
          >
            {symbol ?? "Choose a symbol"}
          </button>
        )}
        {kind === "chart" && symbol !== null ? <HeadPrice symbol={symbol} /> : <span className="grow" />}
        {kind !== "chart" && kind !== "watchlist" && symbol !== null && <HeadTrouble symbol={symbol} />}
        <Menu label={`Panel: ${KIND_WORDS[kind]}`} items={() => panelItems(handle, id)} />
      </header>
      <div className="desk-body">
        {kind === "watchlist" ? (
          <WatchlistView id={id} panel={panel} handle={handle} />
        ) : symbol === null ? (
          <Unchosen onFind={find} />
        ) : (
          <OfSymbol key={`${symbol}|${handle.generation}`} symbol={symbol} onFind={find}>
            {(instrument) => <View id={id} panel={panel} instrument={instrument} handle={handle} />}
          </OfSymbol>
        )}
      </div>
    </section>
  );
}

function LinkButton({ id, panel: { link }, handle }: Omit<PanelFrameProps, "place">) {
  const words = link === null ? "Not linked" : `Linked: ${link.toUpperCase()}`;
  return (
    <Menu
      label={words}
      items={() => linkItems(handle, id)}
      className={`btn link-mark hue-${link ? LINK_HUES[link] : "none"}`}
    >
      {link === null ? <Icon name="link" /> : link.toUpperCase()}
    </Menu>
  );
}

function HeadPrice({ symbol }: { symbol: string }) {
  const quote = useQuote(symbol);
  const { data } = useSymbol(symbol);
  const change = changeOf(quote);
  return (
    <>
      <span className="num">{price(quote?.last, decimalsOf(data?.instrument.tickSize ?? 0.01))}</span>
      <span className={`num ${side(change.percent)}`}>{percent(change.percent)}</span>
      <span className="grow" />
      {data && <RowFreshness instrument={data.instrument} />}
    </>
  );
}

/** Panels without a price say only when it is no price of now. */
function HeadTrouble({ symbol }: { symbol: string }) {
  const { data } = useSymbol(symbol);
  return data && <Trouble instrument={data.instrument} />;
}

function Trouble({ instrument }: { instrument: InstrumentView }) {
  const state = useFreshness(instrument);
  return state === "stale" || state === "halted" ? <RowFreshness instrument={instrument} /> : null;
}

interface OfSymbolProps {
  symbol: string;
  onFind: () => void;
  children: (instrument: InstrumentView) => ReactNode;
}

/** What is known of the symbol is read first. */
function OfSymbol({ symbol, onFind, children }: OfSymbolProps) {
  const { data, error, refetch } = useSymbol(symbol);
  if (data) return <CalendarContext value={data.instrument.calendar}>{children(data.instrument)}</CalendarContext>;
  if (!error) {
    return (
      <div className="calm" aria-busy="true">
        <Late>
          <p role="status">Loading {symbol}</p>
        </Late>
      </div>
    );
  }
  if (describeError(error).code !== "NOT_FOUND") {
    return <Failure title={`${symbol} could not be read`} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className="calm">
      <h3>There is no ticker {symbol}</h3>
      <button type="button" className="btn edge" onClick={onFind}>
        Choose another
      </button>
    </div>
  );
}

function Unchosen({ onFind }: { onFind: () => void }) {
  return (
    <div className="calm">
      <h3>No symbol yet</h3>
      <button type="button" className="btn edge" onClick={onFind}>
        Choose a symbol
      </button>
    </div>
  );
}

interface ViewProps extends Omit<PanelFrameProps, "place"> {
  instrument: InstrumentView;
}

function View({ id, panel, instrument, handle }: ViewProps) {
  const { rangeOf, setRange } = handle;
  if (panel.kind === "chart") return <ChartView id={id} panel={panel} instrument={instrument} handle={handle} />;
  if (panel.kind === "quote") return <QuoteView instrument={instrument} />;
  if (instrument.legs) return <MadePanel instrument={instrument} />;
  if (panel.kind === "tape") return <TapeView instrument={instrument} />;
  return <SizesView instrument={instrument} range={rangeOf(id)} onClear={() => setRange(id, null)} />;
}
