"use client";
import { Failure } from "../_ui/failure.tsx";
import type { Session } from "./use-session.ts";

/** It could not be read who looks: they may ask again, or sign out. */
export function UnknownSession({ session: { error, again, logout } }: { session: Session }) {
  return (
    <>
      <Failure title="Who is signed in could not be read" error={error} onRetry={again} />
      <div className="form">
        <button type="button" className="btn edge" disabled={logout.isPending} onClick={() => logout.mutate()}>
          Sign out
        </button>
      </div>
    </>
  );
}
