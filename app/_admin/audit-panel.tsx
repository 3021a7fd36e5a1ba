"use client";
import { useEffect, useState } from "react";
import { isAuditGroup } from "#lib/contracts/audit.ts";
import { type AuditView, GROUPS } from "../_lib/audit.ts";
import { describeError } from "../_lib/errors.ts";
import { useZone } from "../_live/zone.ts";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";
import { useSettled } from "../_ui/use-settled.ts";
import { AuditEntry } from "./audit-entry.tsx";
import { useAudit, useSaveAudit } from "./use-audit.ts";

/** The log is asked this long after the last letter, milliseconds. */
const REST = 250;

interface AuditPanelProps {
  view: AuditView;
  onView: (view: AuditView) => void;
  onUnauthorized: () => void;
}

/** The audit log, newest first, as far as it was read. */
export function AuditPanel({ view, onView, onUnauthorized }: AuditPanelProps) {
  const zone = useZone();
  const wanted = {
    ticker: useSettled(view.ticker, REST),
    person: useSettled(view.person, REST),
    group: view.group,
  };
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(wanted);
  const saveAll = useSaveAudit(wanted);
  const [saving, setSaving] = useState(false);
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const newest = rows[0]?.entry.time ?? 0;
  const ended = error !== null && describeError(error).code === "UNAUTHORIZED";
  useEffect(() => {
    if (ended) onUnauthorized();
  }, [ended, onUnauthorized]);
  return (
    <section className="panel" aria-label="Audit log" aria-busy={!data && !error}>
      <header>
        <h2>Audit log</h2>
        {newest > 0 && <span className="dim desk">times of {zone.name(newest)}</span>}
        <span className="grow" />
        <Filters view={view} onView={onView} />
        <button
          type="button"
          className="btn edge desk"
          disabled={saving || rows.length === 0}
          onClick={() => {
            setSaving(true);
            void saveAll().finally(() => setSaving(false));
          }}
        >
          {saving ? "Reading" : "Save CSV"}
        </button>
      </header>
      {error && rows.length === 0 && (
        <Failure
          title="The audit log could not be read"
          error={error}
          still="What cannot be recorded is not changed."
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && (
        <div className="calm">
          <Late>
            <p role="status">Reading the audit log</p>
          </Late>
        </div>
      )}
      {data && rows.length === 0 && <Nothing view={wanted} />}
      {rows.length > 0 && (
        <div className="fill scroll">
          <ol className="audit">
            {rows.map((row) => (
              <AuditEntry key={row.entry.id} row={row} newest={newest} />
            ))}
          </ol>
          <div className="calm">
            {hasNextPage ? (
              <button
                type="button"
                className="btn edge"
                disabled={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {isFetchingNextPage ? "Reading" : "Show older"}
              </button>
            ) : (
              <p className="dim">This is the oldest entry that is kept.</p>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

function Filters({ view, onView }: Pick<AuditPanelProps, "view" | "onView">) {
  return (
    <>
      <input
        className="filter"
        type="search"
        aria-label="Ticker"
        placeholder="Ticker"
        maxLength={40}
        spellCheck={false}
        value={view.ticker}
        onChange={(event) => onView({ ...view, ticker: event.target.value })}
      />
      <input
        className="filter"
        type="search"
        aria-label="Person"
        placeholder="Person"
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
        value={view.person}
        onChange={(event) => onView({ ...view, person: event.target.value })}
      />
      <select
        className="btn choice"
        aria-label="Kind"
        value={view.group ?? ""}
        onChange={({ target: { value } }) => onView({ ...view, group: isAuditGroup(value) ? value : null })}
      >
        <option value="">All kinds</option>
        {GROUPS.map(([group, words]) => (
          <option key={group} value={group}>
            {words}
          </option>
        ))}
      </select>
    </>
  );
}

function Nothing({ view: { ticker, person, group } }: { view: AuditView }) {
  const filtered = ticker.trim() !== "" || person.trim() !== "" || group !== null;
  return (
    <div className="calm">
      <h3>{filtered ? "No such entry" : "Nothing is recorded yet"}</h3>
      <p>
        {filtered
          ? "Nothing that is kept fits what is chosen above."
          : "Changes of tickers, prints, alerts and people stand here, and who signed in."}
      </p>
    </div>
  );
}
