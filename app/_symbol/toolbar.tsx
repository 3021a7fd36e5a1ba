"use client";
import { INTERVALS, type Interval } from "#lib/domain/interval.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { ChartType, TimeView } from "../_lib/chart-link.ts";
import { Icon } from "../_ui/icon.tsx";
import { toast } from "../_ui/toasts.tsx";
import { linkHere } from "./link-here.ts";
import { TimeMenu } from "./time-menu.tsx";

interface ToolbarProps {
  interval: Interval;
  type: ChartType;
  /** Where the bars in sight can be had as CSV. */
  exportHref: string;
  following: boolean;
  calendar: CalendarName;
  time: TimeView;
  onTime: (time: TimeView) => void;
  onInterval: (interval: Interval) => void;
  onType: (type: ChartType) => void;
  onNewest: () => void;
}

export function Toolbar(props: ToolbarProps) {
  const { interval, type, exportHref, following, calendar, time, onTime, onInterval, onType, onNewest } = props;
  const other: ChartType = type === "candles" ? "line" : "candles";
  return (
    <div className="tools" role="toolbar" aria-label="View">
      <div className="segment" role="group" aria-label="Interval">
        {INTERVALS.map((one) => (
          <button key={one} type="button" aria-pressed={one === interval} onClick={() => onInterval(one)}>
            {one}
          </button>
        ))}
      </div>
      <span className="rule desk" />
      <div className="segment desk" role="group" aria-label="Drawn as">
        <button type="button" aria-pressed={type === "candles"} onClick={() => onType("candles")}>
          <Icon name="candles" />
          Candles
        </button>
        <button type="button" aria-pressed={type === "line"} onClick={() => onType("line")}>
          <Icon name="line" />
          Line
        </button>
      </div>
      <button
        type="button"
        className="btn square phone"
        aria-label={other === "line" ? "Draw a line" : "Draw candles"}
        onClick={() => onType(other)}
      >
        <Icon name={other} />
      </button>
      <button
        type="button"
        className="btn newest"
        disabled={following}
        aria-label="To the newest bar"
        onClick={onNewest}
      >
        <Icon name="end" />
        <span className="desk">Newest</span>
      </button>
      <span className="grow desk" />
      <TimeMenu calendar={calendar} time={time} onTime={onTime} />
      <a className="btn desk" href={exportHref} download title="The bars in sight as CSV">
        <Icon name="export" />
        Export
      </a>
      <button
        type="button"
        className="btn square desk"
        aria-label="Copy a link to this view"
        onClick={() => void navigator.clipboard.writeText(linkHere()).then(() => toast("Link copied"))}
      >
        <Icon name="link" />
      </button>
    </div>
  );
}
