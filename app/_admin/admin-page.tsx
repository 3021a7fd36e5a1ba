"use client";
import { useCallback, useMemo, useState } from "react";
import type { TickerRow } from "#lib/contracts/views.ts";
import { Gate } from "../_people/gate.tsx";
import { type Session, useSession } from "../_people/use-session.ts";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";
import { toast } from "../_ui/toasts.tsx";
import { AddForm } from "./add-form.tsx";
import { AdminBar } from "./admin-bar.tsx";
import { CountedPanel } from "./counted-panel.tsx";
import { EditForm } from "./edit-form.tsx";
import { HeldPanel } from "./held-panel.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { SourcesPanel } from "./sources-panel.tsx";
import { TickerTable } from "./ticker-table.tsx";
import { useSetState, useTickers } from "./use-admin.ts";

/** What is collected, from where, and how that goes. */
export function AdminPage() {
  const { data, error, refetch } = useTickers();
  const session = useSession();
  const setState = useSetState();
  const [editing, setEditing] = useState<TickerRow | null>(null);
  const [removing, setRemoving] = useState<TickerRow | null>(null);
  const sectors = useMemo(
    () => [...new Set(data?.map((row) => row.ticker.sector).filter((sector) => sector !== null))].toSorted(),
    [data],
  );
  const close = useCallback(() => setEditing(null), []);
  const remove = async (row: TickerRow): Promise<void> => {
    setRemoving(null);
    const before = row.ticker.state;
    const removed = await setState(row, "removed");
    if (!removed) return;
    toast(`${row.ticker.symbol} is removed.`, {
      words: "Undo",
      run: () => void setState(removed, before),
    });
  };
  return (
    <>
      <AdminBar session={session} current="/admin/tickers" />
      <main className="page admin">
        <h1 className="sr">Tickers</h1>
        {data ? (
          <TickerTable
            rows={data}
            admin={session.may("tickers")}
            onEdit={setEditing}
            onState={(row, state) => void setState(row, state)}
            onRemove={setRemoving}
          />
        ) : (
          <section className="panel" aria-label="Tickers" aria-busy={!error}>
            {error ? (
              <Failure
                title="The tickers could not be read"
                error={error}
                still="What is collected goes on."
                onRetry={() => void refetch()}
              />
            ) : (
              <div className="calm">
                <Late>
                  <p role="status">Loading tickers</p>
                </Late>
              </div>
            )}
          </section>
        )}
        <aside>
          <Gate session={session} needs="tickers" why="to add and change tickers">
            <Form session={session} editing={editing} sectors={sectors} onClose={close} />
          </Gate>
          <HeldPanel admin={session.may("prints")} onUnauthorized={session.forget} />
          <CountedPanel admin={session.may("prints")} onUnauthorized={session.forget} />
          <SourcesPanel />
        </aside>
      </main>
      {removing && (
        <RemoveDialog row={removing} onRemove={() => void remove(removing)} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}

interface FormProps {
  session: Session;
  editing: TickerRow | null;
  sectors: readonly string[];
  onClose: () => void;
}

function Form({ session, editing, sectors, onClose }: FormProps) {
  if (editing) {
    return (
      <EditForm
        key={editing.ticker.symbol}
        row={editing}
        sectors={sectors}
        onClose={onClose}
        onUnauthorized={session.forget}
      />
    );
  }
  return <AddForm sectors={sectors} onUnauthorized={session.forget} />;
}
