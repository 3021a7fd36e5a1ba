import type { Metadata } from "next";
import { AdminPage } from "../../_admin/admin-page.tsx";

export const metadata: Metadata = { title: "Tickers" };

export default function Page() {
  return <AdminPage />;
}
