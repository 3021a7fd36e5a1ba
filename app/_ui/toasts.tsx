"use client";
import { useEffect, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";

interface Toast {
  id: number;
  words: string;
  action?: { words: string; run: () => void };
}

/** How long a toast stays, milliseconds. */
const STAYS = 8_000;
/** Older ones give way. */
const MOST = 3;

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(list: readonly Toast[]): void {
  toasts = list;
  for (const listener of listeners) listener();
}

/** Says what was done, and offers one way back. */
export function toast(words: string, action?: Toast["action"]): void {
  set([...toasts, { id: next++, words, ...(action && { action }) }].slice(-MOST));
}

const drop = (id: number): void => set(toasts.filter((held) => held.id !== id));
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const NONE: readonly Toast[] = [];

/** Open layers that make the page behind them inert, the topmost last. */
let layers: readonly Element[] = [];

/** Shows toasts inside a layer while it is open: behind it nobody could take their way back. Gives what ends that. */
export function holdToasts(layer: Element): () => void {
  layers = [...layers, layer];
  set(toasts);
  return () => {
    layers = layers.filter((one) => one !== layer);
    set(toasts);
  };
}

export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => NONE,
  );
  const layer = useSyncExternalStore(
    subscribe,
    () => layers.at(-1) ?? null,
    () => null,
  );
  const view = (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((held) => (
        <ToastView key={held.id} {...held} />
      ))}
    </div>
  );
  return layer ? createPortal(view, layer) : view;
}

function ToastView({ id, words, action }: Toast) {
  useEffect(() => {
    const timer = setTimeout(() => drop(id), STAYS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className="toast">
      <span>{words}</span>
      {action && (
        <button
          type="button"
          className="btn edge"
          onClick={() => {
            drop(id);
            action.run();
          }}
        >
          {action.words}
        </button>
      )}
    </div>
  );
}
