"use client";
import type { ReactNode } from "react";
import { Modal } from "./modal.tsx";

interface ConfirmDialogProps {
  /** What a screen reader calls it. */
  label: string;
  question: string;
  /** The word of the button that does it. */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
  /** What it changes. */
  children: ReactNode;
}

/** Asks before something is done that takes much away. */
export function ConfirmDialog({ label, question, action, onConfirm, onClose, children }: ConfirmDialogProps) {
  return (
    <Modal label={label} className="palette confirm" onClose={onClose}>
      <h2>{question}</h2>
      <p>{children}</p>
      <div className="actions">
        <button type="button" className="btn primary" onClick={onConfirm}>
          {action}
        </button>
        <button type="button" className="btn edge" onClick={onClose}>
          Keep
        </button>
      </div>
    </Modal>
  );
}
