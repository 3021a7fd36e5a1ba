"use client";
import Link from "next/link";
import type { AuditChange, AuditRow } from "#lib/contracts/audit.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { auditLine } from "../_lib/audit.ts";
import { symbolHref } from "../_lib/links.ts";
import { useZone } from "../_live/zone.ts";
import { Badge } from "../_ui/badge.tsx";

/** One entry: when, what, on what, what differs, by whom, from where, and what became of it where that is not simply done. */
export function AuditEntry({ row, newest }: { row: AuditRow; newest: Micros }) {
  const zone = useZone();
  const { time, symbol, about, who, address, action } = row.entry;
  const { what, changes, doubt } = auditLine(row);
  return (
    <li>
      <time dateTime={new Date(time / 1_000).toISOString()}>
        {zone.day(time, newest)} {zone.secondTime(time)}
      </time>
      <span className={action === "sign-in-refused" ? "trouble strong" : "strong"}>{what}</span>
      <span className="clip">
        {symbol && (
          <Link className="sym" href={symbolHref(symbol)} prefetch={false}>
            {symbol}
          </Link>
        )}
      </span>
      <div className="differs">
        {doubt && (
          <p>
            <Badge kind={doubt.kind} words={doubt.words} /> <span className="sub">{doubt.reason}</span>
          </p>
        )}
        {about && !symbol && <p className="strong">{about}</p>}
        {about && symbol && !action.startsWith("alert-") && <p className="sub">{about}</p>}
        {changes.map((change) => (
          <Change key={change.field} change={change} />
        ))}
      </div>
      <span className="address">
        {who !== null && <span className="sub">{who} </span>}
        <span className="dim" title="Address of the connection">
          {address}
        </span>
      </span>
    </li>
  );
}

function Change({ change: { field, before, after } }: { change: AuditChange }) {
  return (
    <p>
      <span className="dim">{field}</span> {before !== null && <del>{before}</del>}
      {before !== null && after !== null && <span aria-hidden="true"> → </span>}
      {after === null ? <span className="dim"> none</span> : <ins>{after}</ins>}
    </p>
  );
}
