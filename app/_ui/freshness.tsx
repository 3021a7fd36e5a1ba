"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { freshnessOf, headerBadges, rowBadge, type BadgeWords } from "../_lib/freshness-badge.ts";
import { useJudged } from "../_live/hooks.ts";
import { Badge } from "./badge.tsx";

/** One badge a row. */
export function RowFreshness({ instrument }: { instrument: InstrumentView }) {
  const key = useJudged((now, { quotes }) => {
    return JSON.stringify(rowBadge(instrument, freshnessOf(instrument, quotes.quote(instrument.symbol), now)));
  });
  return key === null ? null : <Badge {...(JSON.parse(key) as BadgeWords)} />;
}

/** What the data is, and how fresh. */
export function HeaderFreshness({ instrument }: { instrument: InstrumentView }) {
  const key = useJudged((now, { quotes }) => {
    return JSON.stringify(headerBadges(instrument, freshnessOf(instrument, quotes.quote(instrument.symbol), now)));
  });
  if (key === null) return null;
  return (JSON.parse(key) as BadgeWords[]).map((badge) => <Badge key={badge.kind} {...badge} boxed />);
}
