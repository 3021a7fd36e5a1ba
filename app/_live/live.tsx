"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { LiveFrame, LiveTopics } from "#lib/contracts/views.ts";
import { BarFeed } from "./bar-feed.ts";
import { ClockStore } from "./clock-store.ts";
import { Connection } from "./connection.ts";
import { streamOf } from "./open-stream.ts";
import { PrintStore } from "./print-store.ts";
import { QuoteStore } from "./quote-store.ts";
import { createClient, TRPCProvider } from "./trpc.tsx";

/** The stores behind a page, outside React: a tick re-renders what shows it and nothing else. */
export interface Live {
  quotes: QuoteStore;
  prints: PrintStore;
  bars: BarFeed;
  clock: ClockStore;
  connection: Connection;
}

const LiveContext = createContext<Live | null>(null);

function createLive(client: ReturnType<typeof createClient>): Live {
  const quotes = new QuoteStore();
  const prints = new PrintStore();
  const bars = new BarFeed();
  const clock = new ClockStore();
  const deliver = (frame: LiveFrame): void => {
    clock.hear(frame.serverTime);
    quotes.merge(frame.quotes, Date.now());
    bars.publish(frame.bars);
    for (const { symbol, prints: fresh, skipped } of frame.prints) prints.merge(symbol, fresh, skipped);
  };
  return { quotes, prints, bars, clock, connection: new Connection(streamOf(client), deliver) };
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  const [live] = useState(() => createLive(client));
  const [queries] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: 2 } } }),
  );
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={client} queryClient={queries}>
        <LiveContext value={live}>{children}</LiveContext>
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** The page's stores. Throws outside `Providers`. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("useLive needs Providers above it");
  return live;
}

/** Subscribes the page to its topics for as long as it is mounted. `topics` may be a new object each time: it counts by content. */
export function usePageTopics(topics: LiveTopics): void {
  const { connection } = useLive();
  const key = JSON.stringify(topics);
  const stable = useMemo(() => JSON.parse(key) as LiveTopics, [key]);
  useEffect(() => {
    connection.show(stable);
    return () => connection.show(null);
  }, [connection, stable]);
}
