import type { Metadata } from "next";
import { parseMarketLink } from "./_lib/market-link.ts";
import { MarketPage } from "./_market/market-page.tsx";

export const metadata: Metadata = { title: "Market" };

type Parameters = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Parameters }) {
  return <MarketPage {...parseMarketLink(await searchParams)} />;
}
