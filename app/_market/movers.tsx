"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { TRADED_SESSIONS, type TradedSession } from "#lib/domain/calendar/day-sessions.ts";
import { decimalsOf, percent, price, side } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { BASE_WORDS, hasSessions, type Mover, moversOf, presentSession } from "../_lib/movers.ts";
import { SESSION_WORDS } from "../_lib/session-words.ts";
import { useFreshness, useJudged, useQuotesVersion } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import { useTRPC } from "../_live/trpc.tsx";
import { Badge } from "../_ui/badge.tsx";
import { Failure } from "../_ui/failure.tsx";

/** Prices follow the market so often, milliseconds. */
const EVERY = 1_000;
/** Who has traded in the session is asked again so often, milliseconds. */
const ASKED_EVERY = 2_000;
/** As many as fit, one less below the choice of a session. */
const COUNT = 7;

interface MoversProps {
  instruments: readonly InstrumentView[];
  /** null: the session that goes on. */
  session: TradedSession | null;
  onSession: (session: TradedSession | null) => void;
}

/** Who gained and lost most in a session. */
export function Movers({ instruments, session, onSession }: MoversProps) {
  const trpc = useTRPC();
  const { quotes } = useLive();
  useQuotesVersion(EVERY);
  const present = useJudged((now) => presentSession(instruments, now)) ?? "regular";
  const several = hasSessions(instruments);
  const shown = session ?? present;
  const { data, error, refetch } = useQuery(
    trpc.market.movers.queryOptions(
      { session: shown },
      { refetchInterval: ASKED_EVERY, staleTime: 0, placeholderData: keepPreviousData, retry: 1 },
    ),
  );
  const bySymbol = useMemo(() => new Map(instruments.map((one) => [one.symbol, one])), [instruments]);
  const moves = data?.session === shown ? data.moves : [];
  const { gaining, losing } = moversOf(moves, bySymbol, (symbol) => quotes.quote(symbol), COUNT - Number(several));
  const most = Math.max(0, gaining[0]?.percent ?? 0, -(losing[0]?.percent ?? 0));
  const choose = (one: TradedSession): void => onSession(one === present ? null : one);
  if (error && !data) {
    return <Failure title="The movers could not be read" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      {several && (
        <div className="side-sessions">
          <div className="segment" role="group" aria-label="Session">
            {TRADED_SESSIONS.map((one) => (
              <button key={one} type="button" aria-pressed={one === shown} onClick={() => choose(one)}>
                {SESSION_WORDS[one]}
              </button>
            ))}
          </div>
          <span className="grow" />
          {error && <Badge kind="error" words="Not up to date" />}
        </div>
      )}
      <div className="movers">
        <MoverList title={`Gaining ${BASE_WORDS[shown]}`} movers={gaining} most={most} />
        <MoverList title="Losing" movers={losing} most={most} />
      </div>
    </>
  );
}

function MoverList({ title, movers, most }: { title: string; movers: readonly Mover[]; most: number }) {
  return (
    <div>
      <h3>{title}</h3>
      {movers.length === 0 && <div className="mover dim">—</div>}
      {movers.map((mover) => (
        <MoverRow key={mover.instrument.symbol} mover={mover} most={most} />
      ))}
    </div>
  );
}

function MoverRow({ mover: { instrument, last, percent: change }, most }: { mover: Mover; most: number }) {
  const state = useFreshness(instrument);
  const trouble = state === "stale" || state === "halted" ? `, ${state}` : "";
  return (
    <Link
      className={state === "stale" ? "mover old" : "mover"}
      href={symbolHref(instrument.symbol)}
      prefetch={false}
      title={`${instrument.name}, ${instrument.symbol}${trouble}`}
    >
      <span className="strong sym clip">{instrument.ticker}</span>
      <span
        className={`bar bg-${side(change)}`}
        style={{ width: `${most > 0 ? (Math.abs(change) / most) * 100 : 0}%` }}
      />
      <span className="num sub phone">{price(last, decimalsOf(instrument.tickSize))}</span>
      <span className={`num ${side(change)}`}>{percent(change)}</span>
    </Link>
  );
}
