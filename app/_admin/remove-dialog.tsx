"use client";
import type { TickerRow } from "#lib/contracts/views.ts";
import { ConfirmDialog } from "../_ui/confirm-dialog.tsx";

interface RemoveDialogProps {
  row: TickerRow;
  onRemove: () => void;
  onClose: () => void;
}

export function RemoveDialog({ row, onRemove, onClose }: RemoveDialogProps) {
  const { symbol, name } = row.ticker;
  return (
    <ConfirmDialog
      label={`Remove ${symbol}`}
      question={`Remove ${symbol}?`}
      action="Remove"
      onConfirm={onRemove}
      onClose={onClose}
    >
      {name} is no longer collected and leaves every list. Its history is kept: adding it again, or bringing it back,
      shows it as before.
    </ConfirmDialog>
  );
}
