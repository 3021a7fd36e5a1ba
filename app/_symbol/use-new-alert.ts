"use client";
import { useCallback, type RefObject } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { showAlertDialog } from "../_alerts/dialog-store.ts";
import type { ChartHandle } from "../_chart/use-chart-keys.ts";
import { decimalsOf } from "../_lib/format.ts";
import { useLive } from "../_live/live.tsx";

/**
 * Opens the dialog of a new alert at the price under the crosshair, or at the newest one where there is none; null for a ratio or spread,
 * of which there are no rules.
 */
export function useNewAlert(
  { symbol, tickSize, legs }: InstrumentView,
  handle: RefObject<ChartHandle | null>,
): (() => void) | null {
  const { quotes } = useLive();
  const open = useCallback(() => {
    const level = handle.current?.price() ?? quotes.quote(symbol)?.last ?? null;
    showAlertDialog({ kind: "new", symbol, level, decimals: decimalsOf(tickSize) });
  }, [symbol, tickSize, handle, quotes]);
  return legs ? null : open;
}
