import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#lib/config/config.ts";

/** Where a browser on this machine reaches the web server. */
export function webAddress({ TAPEDECK_HOST: host, TAPEDECK_PORT: port }: Config): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  return `http://${everywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Whether the web server answers at all; how it fares is another question. */
export async function webAnswers(address: string, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(`${address}/api/health`, { signal });
  await response.arrayBuffer();
  return true;
}

interface Snapshot {
  result: { data: { quotes: { symbol: string; last: number | null; tradeTime: number | null }[] } };
}

export interface FirstPrice {
  symbol: string;
  last: number;
}

/**
 * Waits for the first trade that happened after `since` (microseconds) and went the whole way: collected, logged, aggregated
 * and served. Null when the signal aborts before.
 */
export async function firstPrice(address: string, since: number, signal: AbortSignal): Promise<FirstPrice | null> {
  while (!signal.aborted) {
    const found = await newestPrice(address, since, signal).catch(() => null);
    if (found !== null) return found;
    await sleep(200, undefined, { signal }).catch(() => undefined);
  }
  return null;
}

async function newestPrice(address: string, since: number, signal: AbortSignal): Promise<FirstPrice | null> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
  const response = await fetch(`${address}/api/trpc/market.snapshot`, { signal: limit });
  const { quotes } = ((await response.json()) as Snapshot).result.data;
  const fresh = quotes.find((quote) => quote.last !== null && (quote.tradeTime ?? 0) > since);
  return fresh === undefined ? null : { symbol: fresh.symbol, last: fresh.last ?? 0 };
}
