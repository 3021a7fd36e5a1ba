"use client";
import type { ReactNode } from "react";
import { type Permission, refusalWords } from "#lib/contracts/permissions.ts";
import { SignIn } from "./sign-in.tsx";
import { UnknownSession } from "./unknown-session.tsx";
import type { Session } from "./use-session.ts";

interface GateProps {
  session: Session;
  needs: Permission;
  /** What signing in is good for. */
  why: string;
  children: ReactNode;
}

/** Shows what only some may do: others are asked to sign in, or told which role they lack. */
export function Gate({ session, needs, why, children }: GateProps) {
  const { person, known, error, may, login, logout } = session;
  if (error !== null) {
    return (
      <SignIn login={login} why={why}>
        <UnknownSession session={session} />
      </SignIn>
    );
  }
  if (!known) return <section className="panel form-place" aria-busy="true" />;
  if (may(needs)) return children;
  if (!person) return <SignIn login={login} why={why} />;
  return (
    <section className="panel" id="add" aria-label="Not permitted">
      <div className="calm">
        <h3>Not with your role</h3>
        <p>{refusalWords(needs, person)}</p>
        <div className="row">
          <button type="button" className="btn edge" disabled={logout.isPending} onClick={() => logout.mutate()}>
            Sign in as somebody else
          </button>
        </div>
      </div>
    </section>
  );
}
