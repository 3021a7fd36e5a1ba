"use client";
import { useSyncExternalStore } from "react";
import { toast } from "../_ui/toasts.tsx";

const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

type Permission = NotificationPermission | "unsupported";
const permission = (): Permission => ("Notification" in window ? Notification.permission : "unsupported");
const onServer = (): Permission => "unsupported";

async function ask(): Promise<void> {
  const answer = await Notification.requestPermission();
  if (answer === "denied") toast("This browser was told to show no notifications of this page.");
  for (const listener of listeners) listener();
}

/** Asks the browser for notifications, which come while the page is out of sight; nothing where that is decided or impossible. */
export function NotifyButton() {
  const state = useSyncExternalStore(subscribe, permission, onServer);
  if (state !== "default") return null;
  return (
    <button type="button" className="btn edge" onClick={() => void ask()}>
      Notify by this browser
    </button>
  );
}
