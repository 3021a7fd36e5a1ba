import type { Metadata } from "next";
import { SearchPage } from "../_search/search-page.tsx";

export const metadata: Metadata = { title: "Search" };

type Parameters = Promise<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? "";

export default async function Page({ searchParams }: { searchParams: Parameters }) {
  const { q, sector } = await searchParams;
  const words = one(q);
  // A link to other words is another page, not this one with new properties.
  return <SearchPage key={`${words}|${one(sector)}`} words={words} sector={one(sector) || null} />;
}
