"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SignedIn } from "#lib/contracts/people.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { Modal } from "../_ui/modal.tsx";
import { OwnPasswordDialog } from "./own-password-dialog.tsx";
import { UnknownSession } from "./unknown-session.tsx";
import { SignInForm } from "./sign-in.tsx";
import { type Session, useChangeOfPerson, useSession } from "./use-session.ts";

/** Who is signed in is asked again this often, milliseconds: their role may be another by now, or their account closed. */
const EVERY = 30_000;

/** Who is signed in, and with which role; or the way to sign in. */
export function AccountMenu() {
  const session = useSession(EVERY);
  const [layer, setLayer] = useState<"sign-in" | "password" | null>(null);
  const { person, known, error } = session;
  useChangeOfPerson(session);
  const close = (): void => setLayer(null);
  // Else it would lie open again after signing out.
  if (layer === "sign-in" && person) setLayer(null);
  return (
    <>
      {person ? (
        <Account session={session} person={person} onPassword={() => setLayer("password")} />
      ) : (
        <button
          type="button"
          className="btn account"
          aria-label="Sign in"
          disabled={!known && error === null}
          onClick={() => setLayer("sign-in")}
        >
          <Icon name="person" />
          <span className="words">Sign in</span>
        </button>
      )}
      {layer === "sign-in" && <SignInDialog session={session} onClose={close} />}
      {layer === "password" && person && <OwnPasswordDialog person={person} onClose={close} />}
    </>
  );
}

interface AccountProps {
  session: Session;
  person: SignedIn;
  onPassword: () => void;
}

function Account({ session, person: { name, role, builtIn }, onPassword }: AccountProps) {
  const router = useRouter();
  const items = (): MenuItem[] => [
    ...(session.may("people") ? [{ words: "People", run: () => router.push("/admin/people") }] : []),
    // Its password is the configured one.
    ...(builtIn ? [] : [{ words: "Change password", run: onPassword }]),
    { words: "Sign out", run: () => session.logout.mutate() },
  ];
  return (
    <Menu label={`Account: ${name}, ${role}`} title={`${name}, ${role}`} items={items} className="btn account">
      <Icon name="person" />
      <span className="words">
        <span className="clip">{name}</span>
        {name !== role && <small className="dim">{role}</small>}
      </span>
    </Menu>
  );
}

function SignInDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { error, login } = session;
  return (
    <Modal label="Sign in" className="dialog sign-in" onClose={onClose}>
      <header>
        <h2>Sign in</h2>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <SignInForm login={login} why="reading needs no account" />
      {error !== null && <UnknownSession session={session} />}
    </Modal>
  );
}
