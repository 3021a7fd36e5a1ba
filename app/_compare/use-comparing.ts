"use client";
import { useCallback, useMemo, useState } from "react";
import type { Comparing } from "../_chart/studies.ts";
import { MOST_COMPARED } from "../_lib/compared.ts";
import { toast } from "../_ui/toasts.tsx";

export function useComparing(of: string, initial: readonly string[]): Comparing {
  const [symbols, setSymbols] = useState(() => initial.filter((symbol) => symbol !== of));
  const add = useCallback(
    (symbol: string) =>
      setSymbols((before) =>
        symbol === of || before.includes(symbol) || before.length >= MOST_COMPARED ? before : [...before, symbol],
      ),
    [of],
  );
  const remove = useCallback(
    (symbol: string) => {
      setSymbols((before) => before.filter((one) => one !== symbol));
      toast(`${symbol} removed`, { words: "Undo", run: () => add(symbol) });
    },
    [add],
  );
  return useMemo(() => ({ symbols, add, remove }), [symbols, add, remove]);
}
