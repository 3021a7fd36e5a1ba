"use client";
import Link from "next/link";
import { useEffect } from "react";
import { unreadOf } from "../_lib/alerts.ts";
import { useSecond } from "../_live/hooks.ts";
import { Icon } from "../_ui/icon.tsx";
import { markRead, useReadMark } from "./read-mark.ts";
import { useFired } from "./use-alerts.ts";

/** More are not counted one by one. */
const MOST = 99;

/** Leads to the alerts, and says how many have not been seen. */
export function Bell() {
  const { data } = useFired();
  const read = useReadMark();
  const now = useSecond();
  useEffect(() => {
    // What fired before the first visit is no news.
    if (read === null && now > 0) markRead(now);
  }, [read, now]);
  const unread = unreadOf(data ?? [], read);
  const count = unread > MOST ? `${MOST}+` : String(unread);
  return (
    <Link className="btn square bell" href="/alerts" aria-label={unread === 0 ? "Alerts" : `Alerts, ${count} not seen`}>
      <Icon name="bell" />
      {unread > 0 && (
        <span className="unread" aria-hidden="true">
          {count}
        </span>
      )}
    </Link>
  );
}
