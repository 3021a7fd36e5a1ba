"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import type { ActiveView, InstrumentView } from "#lib/contracts/views.ts";
import { quantity, short } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { activeFacts, middle, rateWords } from "../_lib/side-list.ts";
import { useZone } from "../_live/zone.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Badge } from "../_ui/badge.tsx";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";

/** The list is asked for again this often, milliseconds. */
const EVERY = 2_000;

type Order = "notional" | "trades";

const KINDS: Readonly<Record<Order, { unit: string; title: string }>> = {
  notional: { unit: "Value", title: "Price times size of its trades, each symbol in its own currency" },
  trades: { unit: "Trades", title: "Number of its trades" },
};

/** The symbols that traded most in the last hour, with the bound of what is estimated and how fast they trade now. */
export function ActiveList({ order, instruments }: { order: Order; instruments: readonly InstrumentView[] }) {
  const trpc = useTRPC();
  const zone = useZone();
  const query = trpc.market.active.queryOptions(
    { order },
    { refetchInterval: EVERY, staleTime: 0, placeholderData: keepPreviousData, retry: 1 },
  );
  const { data, error, refetch } = useQuery(query);
  const byName = useMemo(() => new Map(instruments.map((one) => [one.symbol, one])), [instruments]);
  if (!data) {
    return error ? (
      <Failure title="The most active could not be read" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="calm" aria-busy="true">
        <Late>
          <p role="status">Loading</p>
        </Late>
      </div>
    );
  }
  const most = middle(data.rows[0] ?? { lower: 0, upper: 0 });
  return (
    <>
      <p className="side-facts">
        <span title={KINDS[order].title}>
          {KINDS[order].unit} and pace, {activeFacts(zone, data)}
        </span>
        <span className="grow" />
        {(error || !data.connected) && <Badge kind="error" words="Not up to date" />}
      </p>
      {data.rows.length === 0 ? (
        <div className="calm">
          <p>Nothing has traded in the last hour, or this page’s server has just begun to listen.</p>
        </div>
      ) : (
        <ol className="movers actives">
          {data.rows.map((row) => (
            <ActiveRow key={row.symbol} row={row} instrument={byName.get(row.symbol)} share={middle(row) / most} />
          ))}
        </ol>
      )}
    </>
  );
}

interface ActiveRowProps {
  row: ActiveView["rows"][number];
  instrument: InstrumentView | undefined;
  /** Of the first, 0 to 1. */
  share: number;
}

function ActiveRow({ row, instrument, share }: ActiveRowProps) {
  const { symbol, lower, upper, rate } = row;
  const bound = lower === upper ? "exactly" : `${quantity(lower)} to ${quantity(upper)}, about`;
  const name = instrument ? `${instrument.name}, ${symbol}` : symbol;
  return (
    <li>
      <Link
        className="mover active"
        href={symbolHref(symbol)}
        prefetch={false}
        title={`${name}: ${bound} ${quantity(Math.round(middle(row)))}`}
      >
        <span className="strong sym clip">{instrument?.ticker ?? symbol}</span>
        <span className="bar" style={{ width: `${share * 100}%` }} />
        <span className="num">{short(Math.round(middle(row)))}</span>
        <span className="num sub">{rateWords(rate)}</span>
      </Link>
    </li>
  );
}
