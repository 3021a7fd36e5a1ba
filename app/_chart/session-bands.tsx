"use client";
import { memo, useMemo } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { useZone } from "../_live/zone.ts";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import { sessionName, sessionSpans, type SessionSpan } from "./_prepare/sessions.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";
import { useForming, type Visible } from "./use-series.ts";

interface SessionBandsProps {
  series: BarSeries;
  visible: Visible;
  interval: Interval;
  calendar: CalendarName;
  layout: ChartLayout;
  view: PlacedView;
}

/** Pre- and post-market tinted and named at the bottom, and the edges between sessions. Days have none. */
export const SessionBands = memo(function SessionBands(props: SessionBandsProps) {
  const { series, visible, interval, calendar } = props;
  const zone = useZone();
  const newest = useForming(series)?.start ?? null;
  const spans = useMemo(() => {
    const bar = visible.newest && newest !== null ? series.at(series.last) : undefined;
    const bars = bar ? [...visible.bars, bar] : visible.bars;
    return interval === "1d" ? [] : sessionSpans(calendarOf(calendar), zone, bars, visible.first);
  }, [series, visible, newest, interval, calendar, zone]);
  return spans.map((span, i) => <Band key={span.first} {...props} span={span} edge={i > 0 && !span.newDay} />);
});

interface BandProps extends Pick<SessionBandsProps, "layout" | "view"> {
  span: SessionSpan;
  edge: boolean;
}

function Band({ layout, view, span, edge }: BandProps) {
  const { plotWidth, height, foot, top, priceHeight } = layout;
  const left = Math.max(0, xOf(view, span.first) - Math.ceil(view.step / 2));
  const right = Math.min(plotWidth, xOf(view, span.last) + Math.ceil(view.step / 2));
  if (right <= left) return null;
  const floor = height - foot;
  const name = sessionName(span.session, right - left);
  return (
    <g>
      {span.session !== "regular" && (
        <rect className="extended crisp" x={left} y={top - 8} width={right - left} height={floor - top + 8} />
      )}
      {edge && left > 0 && <path className="session-edge crisp" d={`M${left + 0.5} ${top - 8}V${floor}`} />}
      {name !== "" && (
        <text className="session-name" x={(left + right) / 2} y={priceHeight - 6} textAnchor="middle">
          {name}
        </text>
      )}
    </g>
  );
}
