import type { Metadata } from "next";
import { AuditPage } from "../../_admin/audit-page.tsx";
import { parseAuditView } from "../../_lib/audit.ts";

export const metadata: Metadata = { title: "Audit log" };

type Parameters = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Parameters }) {
  return <AuditPage {...parseAuditView(await searchParams)} />;
}
