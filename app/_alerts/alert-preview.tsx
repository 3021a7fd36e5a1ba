"use client";
import { skipToken, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AlertPreview as Preview } from "#lib/contracts/alert-views.ts";
import { levelText } from "../_lib/alerts.ts";
import { saidBy, type AlertFields } from "../_lib/alert-form.ts";
import { describeError } from "../_lib/errors.ts";
import { quantity } from "../_lib/format.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { useZone } from "../_live/zone.ts";
import { useSettled } from "../_ui/use-settled.ts";

const DAYS = 7;
/** Milliseconds after the last key. */
const REST = 600;

/** How often the rule would have fired, before it is switched on. */
export function AlertPreview({ symbol, fields }: { symbol: string; fields: AlertFields }) {
  const trpc = useTRPC();
  const said = useMemo(() => saidBy(fields), [fields]);
  const { interval, session } = fields;
  const wanted = "why" in said ? null : JSON.stringify({ ...said, symbol, interval, session });
  const settled = useSettled(wanted, REST);
  const input = settled === null ? skipToken : { ...(JSON.parse(settled) as PreviewInput), days: DAYS };
  const { data, error } = useQuery(trpc.alerts.preview.queryOptions(input));
  const isCurrent = settled === wanted && settled !== null;
  return (
    <p className="wide preview" role="status">
      {error ? describeError(error).message : isCurrent && data ? <Words preview={data} /> : <>&nbsp;</>}
    </p>
  );
}

type PreviewInput = Parameters<ReturnType<typeof useTRPC>["alerts"]["preview"]["queryOptions"]>[0] & object;

function Words({ preview }: { preview: Preview }) {
  const zone = useZone();
  const { count, newest, bars, interval } = preview;
  if (bars === 0)
    return (
      <>
        No {interval} bars are stored of the last {DAYS} days.
      </>
    );
  const last = newest.at(-1);
  const times =
    count === 0 ? "not have fired" : count === 1 ? "have fired once" : `have fired ${quantity(count)} times`;
  const when = last
    ? `, last ${zone.day(last.time)} ${zone.minuteTime(last.time)} ${zone.name(last.time)} at ${levelText(last.price)}`
    : "";
  return (
    <>
      Would {times} in the last {DAYS} days{when}.{" "}
      <span className="dim">
        From {quantity(bars)} stored {interval} bars, each at most once.
      </span>
    </>
  );
}
