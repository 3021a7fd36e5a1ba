"use client";
import type { TickerRow } from "#lib/contracts/views.ts";
import { splitSymbol } from "#lib/domain/symbol.ts";
import { ConfirmDialog } from "../_ui/confirm-dialog.tsx";

interface RemoveDialogProps {
  row: TickerRow;
  onRemove: () => void;
  onClose: () => void;
}

export function RemoveDialog({ row, onRemove, onClose }: RemoveDialogProps) {
  const { symbol, name } = row.ticker;
  const { ticker: bare } = splitSymbol(symbol);
  return (
    <ConfirmDialog
      label={`Remove ${symbol}`}
      question={`Remove ${symbol}?`}
      action="Remove"
      onConfirm={onRemove}
      onClose={onClose}
    >
      {name} is no longer collected and leaves the market page. Kept are its bars, as long as those of every ticker, its
      page and the links to it, the drawings and alerts on it, and what the audit log says of it; search finds it, last.
      Bringing it back goes on where it stopped. If it trades under another ticker now, name {bare} among the former
      tickers of that one: then this page leads there.
    </ConfirmDialog>
  );
}
