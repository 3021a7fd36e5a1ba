"use client";
import Link from "next/link";
import { useEffect } from "react";
import { firstMark, unreadOf } from "../_lib/alerts.ts";
import { Icon } from "../_ui/icon.tsx";
import { markRead, useReadMark } from "./read-mark.ts";
import { useFired } from "./use-alerts.ts";

/** More are not counted one by one. */
const MOST = 99;

/** Leads to the alerts, and says how many have not been seen. */
export function Bell() {
  const { data } = useFired();
  const read = useReadMark();
  useEffect(() => {
    if (read === null && data) markRead(firstMark(data));
  }, [read, data]);
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
