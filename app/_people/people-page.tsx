"use client";
import { useEffect, useState } from "react";
import type { PersonRow } from "#lib/contracts/people.ts";
import { AdminBar } from "../_admin/admin-bar.tsx";
import { describeError } from "../_lib/errors.ts";
import { peopleWords, unreadPeopleWords } from "../_lib/people.ts";
import { ConfirmDialog } from "../_ui/confirm-dialog.tsx";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";
import { AddPerson } from "./add-person.tsx";
import { Gate } from "./gate.tsx";
import { PeopleTable } from "./people-table.tsx";
import { SetPasswordDialog } from "./set-password-dialog.tsx";
import { usePeople, usePeopleActions } from "./use-people.ts";
import { type Session, useSession } from "./use-session.ts";

/** Who has an account, and what each may do. */
export function PeoplePage() {
  const session = useSession();
  const isOpen = session.may("people");
  return (
    <>
      <AdminBar session={session} current="/admin/people" />
      <main className={isOpen ? "page admin people" : "page audit-page"}>
        <h1 className="sr">People</h1>
        <Gate session={session} needs="people" why="to manage people">
          <PeoplePanel session={session} />
          <aside>
            <AddPerson onUnauthorized={session.forget} />
          </aside>
        </Gate>
      </main>
    </>
  );
}

function PeoplePanel({ session: { person, forget } }: { session: Session }) {
  const { data, error, refetch } = usePeople();
  const { setRole, setState } = usePeopleActions();
  const [asked, setAsked] = useState<{ row: PersonRow; what: "password" | "remove" } | null>(null);
  const ended = error !== null && describeError(error).code === "UNAUTHORIZED";
  useEffect(() => {
    if (ended) forget();
  }, [ended, forget]);
  const close = (): void => setAsked(null);
  const trouble = data ? unreadPeopleWords(data) : null;
  return (
    <section className="panel" aria-label="People" aria-busy={!data && !error}>
      <header>
        <h2>People</h2>
        {data && <span className="dim">{peopleWords(data.rows)}</span>}
        {trouble !== null && <span className="trouble">{trouble}</span>}
        <span className="grow" />
        <a className="btn primary phone" href="#add">
          Add person
        </a>
      </header>
      {data && (
        <PeopleTable
          rows={data.rows}
          self={person?.name ?? ""}
          onRole={(row, role) => void setRole(row, role)}
          onState={(row, state) => void setState(row, state)}
          onPassword={(row) => setAsked({ row, what: "password" })}
          onRemove={(row) => setAsked({ row, what: "remove" })}
        />
      )}
      {!data && error && (
        <Failure
          title="The accounts could not be read"
          error={error}
          still="Nobody can sign in meanwhile; who is signed in as admin goes on."
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && (
        <div className="calm">
          <Late>
            <p role="status">Reading the accounts</p>
          </Late>
        </div>
      )}
      {asked?.what === "password" && <SetPasswordDialog row={asked.row} onClose={close} />}
      {asked?.what === "remove" && (
        <ConfirmDialog
          label={`Remove ${asked.row.name}`}
          question={`Remove ${asked.row.name}?`}
          action="Remove"
          onConfirm={() => {
            close();
            void setState(asked.row, "removed");
          }}
          onClose={close}
        >
          {asked.row.name} is signed out and can sign in no more. Kept are their watchlists and desks, their alerts,
          which go on watching, and what the audit log says of them; the name stays theirs. Brought back, they go on
          with the same password.
        </ConfirmDialog>
      )}
    </section>
  );
}
