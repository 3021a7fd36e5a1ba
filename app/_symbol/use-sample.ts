"use client";
import { useEffect, useState } from "react";
import type { Sampling } from "#lib/contracts/distribution-views.ts";
import type { SampleLink } from "../_lib/chart-link.ts";
import { useTRPCClient } from "../_live/trpc.tsx";

/** Draws a sample of trades from the log; null before the first word of it. Key the component by what it asks. */
export function useSample(
  symbol: string,
  { from, to, seed }: SampleLink,
): { sampling: Sampling | null; error: unknown } {
  const client = useTRPCClient();
  const [sampling, setSampling] = useState<Sampling | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const subscription = client.distribution.sample.subscribe(
      { symbol, from, to, seed },
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
  }, [client, symbol, from, to, seed]);
  return { sampling, error };
}
