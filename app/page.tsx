import type { Metadata } from "next";
import { parseHeat } from "./_lib/heat.ts";
import { parseSort } from "./_lib/sort.ts";
import { parseSideList } from "./_lib/side-list.ts";
import { MarketPage } from "./_market/market-page.tsx";

export const metadata: Metadata = { title: "Market" };

type Parameters = Promise<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? value[0] : value) ?? null;

export default async function Page({ searchParams }: { searchParams: Parameters }) {
  const { sort, exchange, side, heat } = await searchParams;
  return (
    <MarketPage
      sort={parseSort(one(sort))}
      exchange={one(exchange)}
      side={parseSideList(one(side))}
      heat={parseHeat(one(heat))}
    />
  );
}
