"use client";
import { useEffect } from "react";
import type { AlertList } from "#lib/contracts/alert-views.ts";
import { useSession } from "../_people/use-session.ts";
import { Notice } from "../_shell/notice.tsx";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";
import { showAlertDialog } from "./dialog-store.ts";
import { FiredList } from "./fired-list.tsx";
import { NotifyButton } from "./notify-button.tsx";
import { markRead } from "./read-mark.ts";
import { RuleTable } from "./rule-table.tsx";
import { UnreadRules } from "./unread-rules.tsx";
import { useAlertActions, useAlerts, useFired } from "./use-alerts.ts";

/** The rules and what they found. */
export function AlertsPage() {
  const rules = useAlerts();
  const fired = useFired();
  const session = useSession();
  const actions = useAlertActions();
  const newest = fired.data?.[0]?.recorded;
  useEffect(() => {
    if (newest !== undefined) markRead(newest);
  }, [newest]);
  return (
    <main className="page alerts">
      <h1 className="sr">Alerts</h1>
      <section className="panel" aria-label="Rules" aria-busy={rules.isPending}>
        <header>
          <h2>Rules</h2>
          {rules.data && <span className="dim">{watchingWords(rules.data)}</span>}
          <span className="grow" />
          {session.known && !session.person && <span className="dim desk">Sign in to change them</span>}
          <NotifyButton />
        </header>
        {rules.data && (
          <UnreadRules
            unread={rules.data.unread}
            onRemove={session.may("everyAlert") ? (id) => void actions.removeUnread(id) : null}
          />
        )}
        {rules.data ? (
          <RuleTable
            rows={rules.data.rows}
            person={session.person}
            onEdit={(row) => showAlertDialog({ kind: "edit", row })}
            onEnable={(row, enabled) => void actions.setEnabled(row, enabled)}
            onRemove={(row) => void actions.remove(row)}
          />
        ) : (
          <Unread error={rules.error} title="The alerts could not be read" onRetry={() => void rules.refetch()} />
        )}
      </section>
      <section className="panel" aria-label="Log of alerts" aria-busy={fired.isPending}>
        <header>
          <h2>Log</h2>
          <span className="dim">newest first</span>
        </header>
        {fired.data ? (
          <FiredList triggers={fired.data} />
        ) : (
          <Unread error={fired.error} title="The log could not be read" onRetry={() => void fired.refetch()} />
        )}
      </section>
      <Notice newest={null} />
    </main>
  );
}

function watchingWords({ rows }: AlertList): string {
  const watching = rows.filter(({ status }) => status === "watching").length;
  return `${watching} of ${rows.length} watching`;
}

function Unread({ error, title, onRetry }: { error: unknown; title: string; onRetry: () => void }) {
  if (error) return <Failure title={title} error={error} still="What watches goes on." onRetry={onRetry} />;
  return (
    <div className="calm">
      <Late>
        <p role="status">Loading</p>
      </Late>
    </div>
  );
}
