"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import type { Correlations, InstrumentView } from "#lib/contracts/views.ts";
import { DAY, MINUTE } from "#lib/domain/interval.ts";
import { isCounted } from "../_lib/breadth.ts";
import { symbolHref } from "../_lib/links.ts";
import { correlationText, LEAST_MINUTES, pairLookup, strength } from "../_lib/side-list.ts";
import { useJudged } from "../_live/hooks.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Badge } from "../_ui/badge.tsx";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";

/** Symbols of the matrix: as many as fit. */
const MOST = 9;
/** History can still arrive: it is asked again this often, milliseconds. */
const EVERY = 60_000;
/** The last day ends with a multiple of this, so that what was asked once is asked again. */
const STEP = 5 * MINUTE;

/** How the first symbols of the watchlist moved together in the last day, from minute to minute. */
export function Together({ listed }: { listed: readonly InstrumentView[] }) {
  const trpc = useTRPC();
  const to = useJudged((now) => Math.floor(now / STEP) * STEP);
  const chosen = useMemo(() => listed.filter(isCounted).slice(0, MOST), [listed]);
  const symbols = chosen.map(({ symbol }) => symbol);
  const query = trpc.correlation.matrix.queryOptions(
    { symbols, from: (to ?? DAY) - DAY, to: to ?? DAY },
    {
      enabled: to !== null && symbols.length > 1,
      refetchInterval: EVERY,
      placeholderData: keepPreviousData,
      retry: 1,
    },
  );
  const { data, error, refetch } = useQuery(query);
  if (listed.length > 0 && symbols.length < 2) {
    return (
      <div className="calm">
        <p>Two symbols that are collected live are needed.</p>
      </div>
    );
  }
  if (!data) {
    return error ? (
      <Failure title="The correlations could not be read" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="calm" aria-busy="true">
        <Late>
          <p role="status">Comparing minutes</p>
        </Late>
      </div>
    );
  }
  return (
    <>
      <p className="side-facts">
        <span>
          Minutes of the last day, first {data.symbols.length} of the list; — below {LEAST_MINUTES} in common
        </span>
        <span className="grow" />
        {error && <Badge kind="error" words="Not up to date" />}
      </p>
      <Matrix correlations={data} listed={listed} />
    </>
  );
}

interface MatrixProps {
  correlations: Correlations;
  listed: readonly InstrumentView[];
}

function Matrix({ correlations, listed }: MatrixProps) {
  const named = correlations.symbols.map((symbol) => {
    const instrument = listed.find((one) => one.symbol === symbol);
    return { symbol, ticker: instrument?.ticker ?? symbol, name: instrument?.name ?? symbol };
  });
  const pairOf = pairLookup(correlations);
  return (
    <div className="matrix">
      <table>
        <caption className="sr">
          Correlation of one-minute returns, from −1 to 1, of each pair of symbols; the title of a number says over how
          many minutes
        </caption>
        <thead>
          <tr>
            <td />
            {named.map(({ symbol, ticker, name }) => (
              <th key={symbol} scope="col" className="sym" title={name}>
                {ticker}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {named.map(({ symbol, ticker, name }, row) => (
            <tr key={symbol}>
              <th scope="row">
                <Link className="sym" href={symbolHref(symbol)} prefetch={false} title={`${name}, ${symbol}`}>
                  {ticker}
                </Link>
              </th>
              {named.map((other, column) => {
                const pair = pairOf(row, column);
                if (!pair) return <td key={other.symbol} className="self" />;
                const minutes = `${pair.minutes} ${pair.minutes === 1 ? "minute" : "minutes"}`;
                return (
                  <td
                    key={other.symbol}
                    data-strength={strength(pair)}
                    title={`${ticker} and ${other.ticker} over ${minutes} that both have`}
                  >
                    {correlationText(pair)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
