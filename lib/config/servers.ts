import { z } from "zod";

const MOST = 8;

/**
 * The servers of one source in their order of priority, separated by commas: those of one market, whose trades have the same ids at each. Their URLs are
 * different ones of this protocol or its encrypted form, without user and password.
 */
export function servers(protocol: "ws" | "http") {
  const url = `${protocol}s?://[^,\\s@]+`;
  const words = `a comma-separated list of 1 to ${MOST} different ${protocol} or ${protocol}s URLs of one market, without user and password`;
  return z
    .string()
    .max(2_000)
    .regex(new RegExp(`^${url}(,${url}){0,${MOST - 1}}$`), words)
    .transform((list) => list.split(","))
    .refine((urls) => urls.every((each) => URL.canParse(each)) && areOneMarket(urls), words);
}

function areOneMarket(urls: readonly string[]): boolean {
  return new Set(urls.map((url) => new URL(url).href)).size === urls.length && marketsOf(urls).size === 1;
}

/** Binance.US is a market of its own: trades of the same pair have other ids and prices there. */
export function marketsOf(urls: readonly string[]): Set<string> {
  return new Set(urls.map((url) => (/(^|\.)binance\.us$/.test(new URL(url).hostname) ? "Binance.US" : "its own")));
}
