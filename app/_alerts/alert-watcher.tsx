"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { AlertTrigger } from "#lib/contracts/alerts.ts";
import { barHref, firedWords, watchedWords } from "../_lib/alerts.ts";
import { useLive, useTopics } from "../_live/live.tsx";
import { toast } from "../_ui/toasts.tsx";
import { useRefreshAlerts } from "./use-alerts.ts";

/** By then the log mostly knows what became of its delivery, milliseconds. */
const SETTLED_AFTER = 1_000;
/** Nothing but alerts: they come with any stream. */
const NOTHING_MORE = { quotes: [], bars: [], prints: [] };

/** Says what fires, on whatever page this is: a toast, and where the person allowed it a notification of the browser. */
export function AlertWatcher() {
  const { alerts } = useLive();
  const refresh = useRefreshAlerts();
  const router = useRouter();
  useTopics(NOTHING_MORE);
  useEffect(() => {
    return alerts.subscribe((fresh) => {
      const news = fresh.filter(({ delivery }) => delivery.state !== "muted");
      if (news.length === 0) return;
      setTimeout(refresh, SETTLED_AFTER);
      for (const trigger of news) {
        toast(wordsOf(trigger), { words: "Show", run: () => router.push(barHref(trigger)) });
        notify(trigger);
      }
    });
  }, [alerts, refresh, router]);
  return null;
}

function wordsOf(trigger: AlertTrigger): string {
  const { symbol, note, condition, interval } = trigger;
  const what = note === "" ? watchedWords({ condition, interval }) : note;
  return `${symbol} ${firedWords(trigger)}: ${what}`;
}

/** Only while nobody looks: on the page itself the toast is enough. */
function notify(trigger: AlertTrigger): void {
  if (!("Notification" in window) || Notification.permission !== "granted" || document.visibilityState === "visible") {
    return;
  }
  const notification = new Notification(`${trigger.symbol} ${firedWords(trigger)}`, {
    body: wordsOf(trigger),
    tag: trigger.id,
  });
  notification.addEventListener("click", () => window.focus());
}
