"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { PEOPLE_LIMITS, type SignedIn } from "#lib/contracts/people.ts";
import { describeError } from "../_lib/errors.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { toast } from "../_ui/toasts.tsx";
import { NO_PASSWORD, PasswordFields, readyPassword } from "./password-fields.tsx";

interface OwnPasswordDialogProps {
  person: SignedIn;
  onClose: () => void;
}

/** Who is signed in gives themselves another password. */
export function OwnPasswordDialog({ person: { name }, onClose }: OwnPasswordDialogProps) {
  const trpc = useTRPC();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState(NO_PASSWORD);
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      onSuccess: () => {
        toast("Your password is changed. Elsewhere you are signed out.");
        onClose();
      },
    }),
  );
  const ready = readyPassword(next, name);
  const wrong = change.error ? describeError(change.error).message : null;
  return (
    <Modal label="Change password" className="dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready !== null) change.mutate({ current, password: ready });
        }}
      >
        <h2>Change password</h2>
        {/* For password managers, which look for a name beside the password. */}
        <input type="text" name="username" value={name} autoComplete="username" readOnly hidden />
        <label className="field">
          <span>Present password</span>
          <input
            type="password"
            value={current}
            maxLength={PEOPLE_LIMITS.mostPassword}
            autoComplete="current-password"
            required
            onChange={(event) => setCurrent(event.target.value)}
          />
        </label>
        <PasswordFields name={name} value={next} onChange={setNext} offer={false} />
        {wrong !== null && (
          <p className="trouble" role="alert">
            <Icon name="warn" /> {wrong}
          </p>
        )}
        <footer>
          <span className="grow" />
          <button type="button" className="btn edge" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn primary" disabled={ready === null || current === "" || change.isPending}>
            Change
          </button>
        </footer>
      </form>
    </Modal>
  );
}
