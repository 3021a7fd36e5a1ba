"use client";
import { useState } from "react";
import { NAME_LENGTH } from "#lib/contracts/kept.ts";
import { Modal } from "./modal.tsx";

interface NameDialogProps {
  title: string;
  /** What stands there first. */
  name: string;
  done: string;
  onDone: (name: string) => void;
  onClose: () => void;
}

/** Asks for the name of what a person keeps. */
export function NameDialog({ title, name, done, onDone, onClose }: NameDialogProps) {
  const [typed, setTyped] = useState(name);
  return (
    <Modal label={title} className="dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === "") return;
          onClose();
          onDone(typed.trim());
        }}
      >
        <h2>{title}</h2>
        <label className="field">
          <span>Name</span>
          <input
            value={typed}
            maxLength={NAME_LENGTH}
            required
            // What shows it exists only to be typed into.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <footer>
          <span className="grow" />
          <button type="button" className="btn edge" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn primary" disabled={typed.trim() === ""}>
            {done}
          </button>
        </footer>
      </form>
    </Modal>
  );
}
