"use client";
import { useState } from "react";
import type { AlertList } from "#lib/contracts/alert-views.ts";
import { ConfirmDialog } from "../_ui/confirm-dialog.tsx";

interface UnreadRulesProps {
  unread: AlertList["unread"];
  /** null: who looks may not. */
  onRemove: ((id: string) => void) | null;
}

/** Rules that cannot be read watch for nothing, whatever they said: which, why, and the way to be rid of them. */
export function UnreadRules({ unread, onRemove }: UnreadRulesProps) {
  const [asked, setAsked] = useState<string | null>(null);
  if (unread.length === 0) return null;
  return (
    <ul className="unread-rules" aria-label="Rules that cannot be read">
      {unread.map(({ id, why }) => (
        <li key={id}>
          <p>
            <span className="trouble">Rule {id} cannot be read and watches for nothing.</span> <small>{why}</small>
          </p>
          {onRemove && (
            <button type="button" className="btn edge" onClick={() => setAsked(id)}>
              Remove
            </button>
          )}
        </li>
      ))}
      {asked !== null && (
        <ConfirmDialog
          label="Remove a rule that cannot be read"
          question="Remove this rule?"
          action="Remove"
          onConfirm={() => {
            setAsked(null);
            onRemove?.(asked);
          }}
          onClose={() => setAsked(null)}
        >
          Rule {asked} is gone for good: what cannot be read cannot be brought back. What it found stays in the log.
        </ConfirmDialog>
      )}
    </ul>
  );
}
