"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { LiveFrame, LiveTopics } from "#lib/contracts/views.ts";
import { AlertFeed } from "./alert-feed.ts";
import { BarFeed } from "./bar-feed.ts";
import { ClockStore } from "./clock-store.ts";
import { Connection } from "./connection.ts";
import { streamOf } from "./open-stream.ts";
import { PrintStore } from "./print-store.ts";
import { QuoteStore } from "./quote-store.ts";
import { createClient, TRPCProvider } from "./trpc.tsx";
import { WantedTopics } from "./wanted-topics.ts";

/** The stores behind a page, outside React: a tick re-renders what shows it and nothing else. */
export interface Live {
  quotes: QuoteStore;
  prints: PrintStore;
  bars: BarFeed;
  alerts: AlertFeed;
  clock: ClockStore;
  connection: Connection;
  wanted: WantedTopics;
}

const LiveContext = createContext<Live | null>(null);

function createLive(client: ReturnType<typeof createClient>): Live {
  const quotes = new QuoteStore();
  const prints = new PrintStore();
  const bars = new BarFeed();
  const alerts = new AlertFeed();
  const clock = new ClockStore();
  const deliver = (frame: LiveFrame): void => {
    clock.hear(frame.serverTime);
    quotes.merge(frame.quotes, Date.now());
    bars.publish(frame.bars);
    alerts.publish(frame.alerts, frame.serverTime);
    for (const { symbol, prints: fresh, skipped } of frame.prints) prints.merge(symbol, fresh, skipped);
  };
  const connection = new Connection(streamOf(client), deliver);
  return {
    quotes,
    prints,
    bars,
    alerts,
    clock,
    connection,
    wanted: new WantedTopics((topics) => connection.show(topics)),
  };
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

/** The page's stream brings these topics for as long as what calls this is mounted. They may be a new object each time: content counts. */
export function useTopics(topics: LiveTopics): void {
  const { wanted } = useLive();
  const key = JSON.stringify(topics);
  const stable = useMemo(() => JSON.parse(key) as LiveTopics, [key]);
  useEffect(() => wanted.add(stable), [wanted, stable]);
}
