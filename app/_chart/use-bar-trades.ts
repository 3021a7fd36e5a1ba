"use client";
import { useEffect, useState } from "react";
import type { Sampling } from "#lib/contracts/distribution-views.ts";
import type { Interval, Micros } from "#lib/domain/interval.ts";
import { useTRPCClient } from "../_live/trpc.tsx";

/** The trades of a bar, read from the log; null before the first word of it. Key the component by the bar and the attempt. */
export function useBarTrades(
  symbol: string,
  interval: Interval,
  start: Micros,
): { sampling: Sampling | null; error: unknown } {
  const client = useTRPCClient();
  const [sampling, setSampling] = useState<Sampling | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const subscription = client.bars.trades.subscribe(
      { symbol, interval, start },
      {
        onData: (next) => {
          setSampling(next);
          // The stream ends here; its client would begin it again.
          if (next.state !== "reading") subscription.unsubscribe();
        },
        onError: setError,
      },
    );
    return () => subscription.unsubscribe();
  }, [client, symbol, interval, start]);
  return { sampling, error };
}
