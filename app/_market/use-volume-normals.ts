"use client";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { isCounted } from "../_lib/breadth.ts";
import { useTRPC } from "../_live/trpc.tsx";

export type NormalOf = (symbol: string) => VolumeNormalView | undefined;

/** There is a new answer each minute; it is asked for so often, milliseconds. */
const EVERY = 20_000;
/** Symbols of one request: it has to fit into an address. */
const PIECE = 100;

/** Symbols in pieces of a request each, in their own order, so that sorting a list asks nothing anew. */
export function inPieces(symbols: readonly string[]): string[][] {
  const ordered = symbols.toSorted();
  return Array.from({ length: Math.ceil(ordered.length / PIECE) }, (_, piece) =>
    ordered.slice(piece * PIECE, (piece + 1) * PIECE),
  );
}

/** What of the volumes of a list is normal; asked for only while somebody looks. */
export function useVolumeNormals(listed: readonly InstrumentView[], enabled: boolean) {
  const trpc = useTRPC();
  const pieces = useMemo(() => inPieces(listed.filter(isCounted).map(({ symbol }) => symbol)), [listed]);
  return useQueries({
    queries: pieces.map((symbols) =>
      trpc.market.volumeNormals.queryOptions(
        { symbols },
        { enabled, refetchInterval: EVERY, placeholderData: keepPreviousData, retry: 1 },
      ),
    ),
    combine: joined,
  });
}

type Answer = { rows: VolumeNormalView[] };

/** The answers as one: there is something to show once all pieces are there. */
function joined(answers: readonly { data: Answer | undefined; error: unknown; refetch: () => Promise<unknown> }[]) {
  const rows = answers.flatMap(({ data }) => data?.rows ?? []);
  const bySymbol = new Map(rows.map((row) => [row.symbol, row]));
  return {
    rows: answers.every(({ data }) => data !== undefined) ? rows : null,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    again: (): void => answers.forEach(({ refetch }) => void refetch()),
    normalOf: (symbol: string) => bySymbol.get(symbol),
  };
}

export type VolumeNormals = ReturnType<typeof useVolumeNormals>;
