"use client";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { freshnessAmong, headerBadges, rowBadge, type BadgeWords } from "../_lib/freshness-badge.ts";
import { useJudged } from "../_live/hooks.ts";
import { useZone } from "../_live/zone.ts";
import { Badge } from "./badge.tsx";

/** One badge a row. */
export function RowFreshness({ instrument }: { instrument: InstrumentView }) {
  const zone = useZone();
  const key = useJudged((now, { quotes }) => {
    return JSON.stringify(
      rowBadge(
        zone,
        instrument,
        freshnessAmong(instrument, (symbol) => quotes.quote(symbol), now),
        now,
      ),
    );
  });
  return key === null ? null : <Badge {...(JSON.parse(key) as BadgeWords)} />;
}

/** What the data is, and how fresh. */
export function HeaderFreshness({ instrument }: { instrument: InstrumentView }) {
  const zone = useZone();
  const key = useJudged((now, { quotes }) => {
    return JSON.stringify(
      headerBadges(
        zone,
        instrument,
        freshnessAmong(instrument, (symbol) => quotes.quote(symbol), now),
        now,
      ),
    );
  });
  if (key === null) return null;
  const [state, ...marks] = (JSON.parse(key) as BadgeWords[]).toReversed();
  return (
    <>
      {marks.map((badge) => (
        <Badge key={badge.kind} {...badge} boxed />
      ))}
      {/* Room for the longest: what stands behind it does not move when a symbol goes stale. */}
      <span className="slot">{state && <Badge {...state} boxed />}</span>
    </>
  );
}
