import type { Metadata } from "next";
import { parseDeskLink } from "../_desk/_layout/desk-link.ts";
import { DeskPage } from "../_desk/desk-page.tsx";

export const metadata: Metadata = { title: "Desk" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: PageProps) {
  return <DeskPage {...parseDeskLink(await searchParams)} />;
}
