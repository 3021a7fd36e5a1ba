"use client";
import { useEffect, useState } from "react";
import { keepQuery } from "../_lib/address.ts";
import { type AuditView, formatAuditView } from "../_lib/audit.ts";
import { AdminBar } from "./admin-bar.tsx";
import { AuditPanel } from "./audit-panel.tsx";
import { Gate } from "../_people/gate.tsx";
import { useSession } from "../_people/use-session.ts";

/** Who changed what: for who is signed in. */
export function AuditPage(initial: AuditView) {
  const session = useSession();
  const [view, setView] = useState(initial);
  useEffect(() => keepQuery("/admin/log", formatAuditView(view)), [view]);
  return (
    <>
      <AdminBar session={session} current="/admin/log" />
      <main className="page audit-page">
        <h1 className="sr">Audit log</h1>
        <Gate session={session} needs="audit" why="to read the audit log">
          <AuditPanel view={view} onView={setView} onUnauthorized={session.forget} />
        </Gate>
      </main>
    </>
  );
}
