"use client";
import Link from "next/link";
import { useMemo } from "react";
import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import { SESSIONS_COMPARED } from "#lib/domain/volume-normal.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { symbolHref } from "../_lib/links.ts";
import { normalWords, percentileText, ratioText, tooFewWords, unusualOf } from "../_lib/normal.ts";
import { Badge } from "../_ui/badge.tsx";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";
import type { VolumeNormals } from "./use-volume-normals.ts";

/** Symbols of the list: as many as fit. */
const MOST = 14;

interface UnusualListProps {
  /** Those of the watchlist. */
  listed: readonly InstrumentView[];
  normals: VolumeNormals;
}

/** The symbols of the list that trade most beyond what is normal for this minute of their session. */
export function UnusualList({ listed, normals: { rows: all, error, again } }: UnusualListProps) {
  const bySymbol = useMemo(() => new Map(listed.map((one) => [one.symbol, one])), [listed]);
  const rows = useMemo(() => (all ?? []).filter(({ symbol }) => bySymbol.has(symbol)), [all, bySymbol]);
  const unusual = unusualOf(rows, MOST);
  if (!all && listed.length > 0) {
    return error ? (
      <Failure title="The volumes could not be read" error={error} onRetry={again} />
    ) : (
      <div className="calm" aria-busy="true">
        <Late>
          <p role="status">Adding up minutes</p>
        </Late>
      </div>
    );
  }
  return (
    <>
      <p className="side-facts">
        <span title="The volume of the session so far as a multiple of the median, and its percentile">
          Volume so far against this minute of up to {SESSIONS_COMPARED} sessions
        </span>
        <span className="grow" />
        {error && <Badge kind="error" words="Not up to date" />}
      </p>
      {unusual.length === 0 ? (
        <div className="calm">
          <p>{tooFewWords(rows)}</p>
        </div>
      ) : (
        <ol className="movers actives">
          {unusual.map((normal) => (
            <UnusualRow key={normal.symbol} normal={normal} instrument={bySymbol.get(normal.symbol)} />
          ))}
        </ol>
      )}
    </>
  );
}

function UnusualRow({ normal, instrument }: { normal: VolumeNormalView; instrument: InstrumentView | undefined }) {
  const { symbol, percentile, ratio } = normal;
  return (
    <li>
      <Link
        className="mover active"
        href={symbolHref(symbol)}
        prefetch={false}
        title={`${instrument?.name ?? symbol}: ${normalWords(normal)}`}
      >
        <span className="strong sym clip">{instrument?.ticker ?? symbol}</span>
        <span className="bar" style={{ width: `${percentile ?? 0}%` }} />
        <span className="num">{ratioText(ratio)}</span>
        <span className="num sub">{percentileText(percentile)}</span>
      </Link>
    </li>
  );
}
