"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { symbolHref } from "../_lib/links.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { lastSymbol } from "../_shell/last-seen.ts";
import { Failure } from "../_ui/failure.tsx";

/** To the symbol that was looked at last, else to the one that trades most. */
export function FirstSymbol() {
  const router = useRouter();
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.search.tickers.queryOptions({ words: "", limit: 1 }));
  const most = data?.hits[0]?.ticker.symbol ?? null;
  useEffect(() => {
    const symbol = lastSymbol.get() ?? most;
    if (symbol !== null) router.replace(symbolHref(symbol));
    else if (data) router.replace("/");
  }, [router, most, data]);
  return (
    <main className="page">
      <section className="panel" aria-busy="true">
        {error && <Failure title="The search does not answer" error={error} onRetry={() => void refetch()} />}
      </section>
    </main>
  );
}
