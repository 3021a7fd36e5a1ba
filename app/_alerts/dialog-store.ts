import { useSyncExternalStore } from "react";
import type { AlertRow } from "#lib/contracts/alert-views.ts";

/** What the dialog is about: a new rule of a symbol, or one that there is. */
export type AlertSubject =
  | { kind: "new"; symbol: string; level: number | null; decimals: number }
  | { kind: "edit"; row: AlertRow };

let subject: AlertSubject | null = null;
const listeners = new Set<() => void>();

/** Opens the dialog over whatever page this is; null closes it. */
export function showAlertDialog(next: AlertSubject | null): void {
  subject = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const onServer = (): null => null;

export function useAlertSubject(): AlertSubject | null {
  return useSyncExternalStore(subscribe, () => subject, onServer);
}
