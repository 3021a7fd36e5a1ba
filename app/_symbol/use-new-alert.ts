"use client";
import { useCallback, type RefObject } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { showAlertDialog } from "../_alerts/dialog-store.ts";
import type { ChartHandle } from "../_chart/use-chart-keys.ts";
import { decimalsOf } from "../_lib/format.ts";
import { useLive } from "../_live/live.tsx";

/** Opens the dialog of a new alert at the price under the crosshair, or at the newest one where there is none. */
export function useNewAlert({ symbol, tickSize }: InstrumentView, handle: RefObject<ChartHandle | null>): () => void {
  const { quotes } = useLive();
  return useCallback(() => {
    const level = handle.current?.price() ?? quotes.quote(symbol)?.last ?? null;
    showAlertDialog({ kind: "new", symbol, level, decimals: decimalsOf(tickSize) });
  }, [symbol, tickSize, handle, quotes]);
}
