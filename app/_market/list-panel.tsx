"use client";
import Link from "next/link";
import { useCallback, useMemo, useState } from "react";
import type { WatchList } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import type { RowFacts } from "../_lib/columns.ts";
import type { LinkedList } from "../_lib/linked-list.ts";
import type { ListView } from "../_lib/market-link.ts";
import { BrowserOffer } from "../_lists/browser-offer.tsx";
import { AbsentSymbols, EmptyList, LinkedOffer, UnknownList } from "../_lists/list-states.tsx";
import { ListDialogs, type ListDialog } from "../_lists/list-dialogs.tsx";
import { useListDesk } from "../_lists/use-list-desk.ts";
import type { Lists } from "../_lists/use-lists.ts";
import { useLive } from "../_live/live.tsx";
import { Failure } from "../_ui/failure.tsx";
import { usePhone } from "../_ui/use-phone.ts";
import { useSize } from "../_ui/use-size.ts";
import { ListHead } from "./list-head.tsx";
import { LoadingRows } from "./loading.tsx";
import { PhoneRows } from "./phone-rows.tsx";
import { Watchlist, type WatchlistProps } from "./watchlist.tsx";

type OfRows = "closesOf" | "filledOf" | "normalOf" | "selected" | "onSelect" | "onOpen" | "everywhere";

interface ListPanelProps extends Pick<WatchlistProps, OfRows> {
  lists: Lists;
  /** null: all symbols. */
  list: WatchList | null;
  view: ListView;
  onView: (change: Partial<ListView>) => void;
  /** Everything that is collected; null while it is not known. */
  instruments: readonly InstrumentView[] | null;
  /** What is shown of it. */
  shown: readonly InstrumentView[];
  error: unknown;
  onAgain: () => void;
}

/** Below it the head keeps what matters most, px. */
const NARROW = 560;

/** The watchlist with all that can be done with it. */
export function ListPanel(props: ListPanelProps) {
  const { lists, list, view, onView, instruments, shown, error, onAgain, normalOf } = props;
  const Rows = usePhone() ? PhoneRows : Watchlist;
  const [panel, { width }] = useSize<HTMLElement>();
  const [dialog, setDialog] = useState<ListDialog | null>(null);
  const choose = useCallback(
    (id: string | null) => onView({ list: id, linked: null, sort: null, columns: null, exchange: null }),
    [onView],
  );
  const { quotes } = useLive();
  const factsOf = (instrument: InstrumentView): RowFacts => ({
    instrument,
    quote: quotes.quote(instrument.symbol),
    normal: normalOf(instrument.symbol),
  });
  const desk = useListDesk({ lists, list, view, onView, factsOf, shown, choose, open: setDialog });
  const { actions, columns, said } = desk;
  const linked = list ? null : view.linked;
  const exchanges = useExchanges(instruments, list ?? linked);
  const wanted = view.list !== null;
  const known = instruments !== null && (!wanted || lists.lists !== null);
  const missing = known && wanted && list === null;
  const empty = known && list?.symbols.length === 0;
  const body = known && !missing && !empty && instruments.length > 0;
  return (
    <section
      ref={panel}
      className="panel list"
      aria-label="Watchlist"
      data-narrow={width > 0 && width < NARROW ? "" : undefined}
    >
      <ListHead
        lists={lists}
        list={list}
        linked={linked}
        all={instruments?.length ?? 0}
        exchanges={exchanges}
        chosen={view.exchange}
        count={known ? shown.length : null}
        columns={columns}
        onExchange={(exchange) => onView({ exchange })}
        onChoose={choose}
        onOpen={setDialog}
        onAdd={actions.add}
        onColumns={desk.onColumns}
        menu={desk.menu}
      />
      <BrowserOffer lists={lists} />
      {linked && <LinkedOffer linked={linked} onKeep={() => void actions.create(linked.name, linked.symbols)} />}
      {error !== null && <Failure title="The watchlist could not be read" error={error} onRetry={onAgain} />}
      {error === null && !known && <LoadingRows />}
      {missing && <UnknownList onAll={() => choose(null)} />}
      {empty && <EmptyList list={list} onOpen={setDialog} />}
      {known && instruments.length === 0 && <NoTickers />}
      {body && (
        <Rows {...props} {...desk} instruments={shown} sort={view.sort} ordered={list !== null && view.sort === null} />
      )}
      {body && list && (
        <AbsentSymbols list={list} instruments={instruments} onTake={(gone) => actions.take(list, gone)} />
      )}
      {body && linked && <AbsentSymbols list={linked} instruments={instruments} onTake={null} />}
      <p className="sr" role="status">
        {said}
      </p>
      <ListDialogs
        dialog={dialog}
        list={list}
        instruments={instruments ?? []}
        actions={actions}
        onClose={() => setDialog(null)}
      />
    </section>
  );
}

function useExchanges(instruments: readonly InstrumentView[] | null, list: LinkedList | null): readonly string[] {
  return useMemo(() => {
    const all = list ? (instruments ?? []).filter((one) => list.symbols.includes(one.symbol)) : (instruments ?? []);
    return [...new Set(all.map((one) => one.exchange))];
  }, [instruments, list]);
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
