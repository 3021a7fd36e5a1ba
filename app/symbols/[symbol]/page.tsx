import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { isChartSymbol } from "#lib/domain/composite/name.ts";
import { symbolHref } from "../../_lib/links.ts";
import { parseChartLink } from "../../_lib/chart-link.ts";
import { SymbolPage } from "../../_symbol/symbol-page.tsx";

interface PageProps {
  params: Promise<{ symbol: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

function decoded(symbol: string): string | null {
  try {
    const text = decodeURIComponent(symbol).toUpperCase();
    return isChartSymbol(text) ? text : null;
  } catch {
    return null;
  }
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decoded((await params).symbol) ?? "Not found" };
}

export default async function Page({ params, searchParams }: PageProps) {
  const asked = (await params).symbol;
  const symbol = decoded(asked);
  if (symbol === null) notFound();
  if (decodeURIComponent(asked) !== symbol) redirect(symbolHref(symbol));
  return <SymbolPage key={symbol} symbol={symbol} link={parseChartLink(await searchParams)} />;
}
