"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { PersonRow } from "#lib/contracts/people.ts";
import { describeError } from "../_lib/errors.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { toast } from "../_ui/toasts.tsx";
import { NO_PASSWORD, PasswordFields, readyPassword } from "./password-fields.tsx";
import { useRefreshPeople } from "./use-people.ts";

interface SetPasswordDialogProps {
  row: PersonRow;
  onClose: () => void;
}

/** Gives somebody another password, who is signed out by it. */
export function SetPasswordDialog({ row: { name, version }, onClose }: SetPasswordDialogProps) {
  const trpc = useTRPC();
  const refresh = useRefreshPeople();
  const [next, setNext] = useState(NO_PASSWORD);
  const set = useMutation(
    trpc.people.setPassword.mutationOptions({
      onSuccess: () => {
        toast(`${name} has another password, and is signed out.`);
        onClose();
      },
      onSettled: refresh,
    }),
  );
  const ready = readyPassword(next, name);
  return (
    <Modal label={`Password of ${name}`} className="dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready !== null) set.mutate({ name, version, password: ready });
        }}
      >
        <h2>Password of {name}</h2>
        <PasswordFields name={name} value={next} onChange={setNext} offer />
        {set.error && (
          <p className="trouble" role="alert">
            <Icon name="warn" /> {describeError(set.error).message}
          </p>
        )}
        <footer>
          <span className="grow" />
          <button type="button" className="btn edge" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn primary" disabled={ready === null || set.isPending}>
            Set password
          </button>
        </footer>
      </form>
    </Modal>
  );
}
