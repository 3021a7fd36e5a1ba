"use client";
import type { TickerRow } from "#lib/contracts/views.ts";
import { Modal } from "../_ui/modal.tsx";

interface RemoveDialogProps {
  row: TickerRow;
  onRemove: () => void;
  onClose: () => void;
}

export function RemoveDialog({ row, onRemove, onClose }: RemoveDialogProps) {
  const { symbol, name } = row.ticker;
  return (
    <Modal label={`Remove ${symbol}`} className="palette confirm" onClose={onClose}>
      <h2>Remove {symbol}?</h2>
      <p>
        {name} is no longer collected and leaves every list. Its history is kept: adding it again, or bringing it back,
        shows it as before.
      </p>
      <div className="actions">
        <button type="button" className="btn primary" onClick={onRemove}>
          Remove
        </button>
        <button type="button" className="btn edge" onClick={onClose}>
          Keep
        </button>
      </div>
    </Modal>
  );
}
