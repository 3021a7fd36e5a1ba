"use client";
import { INTERVALS, type Interval } from "#lib/domain/interval.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { ChartLook } from "../_lib/chart-keys.ts";
import type { TimeView } from "../_lib/chart-link.ts";
import type { DrawingSession } from "../_chart/_drawings/session.ts";
import { ExportMenu } from "../_export/export-menu.tsx";
import type { Exported } from "../_export/exported.ts";
import { Icon } from "../_ui/icon.tsx";
import { toast } from "../_ui/toasts.tsx";
import { linkHere } from "./link-here.ts";
import { LookMenus } from "./look-menus.tsx";
import { StudyButtons, type StudyDialog } from "./use-studies.tsx";
import { TimeMenu } from "./time-menu.tsx";

interface ToolbarProps {
  interval: Interval;
  look: ChartLook;
  exported: Exported;
  plotOf: () => Element | null;
  following: boolean;
  calendar: CalendarName;
  time: TimeView;
  onTime: (time: TimeView) => void;
  onInterval: (interval: Interval) => void;
  onLook: (look: ChartLook) => void;
  drawing: DrawingSession;
  onStudy: (dialog: StudyDialog) => void;
  onNewest: () => void;
  onAlert: () => void;
}

export function Toolbar(props: ToolbarProps) {
  const { interval, look, exported, plotOf, following, calendar, time } = props;
  const { onTime, onInterval, onLook, onStudy, onNewest, onAlert, drawing } = props;
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
      <LookMenus look={look} onLook={onLook} />
      <StudyButtons drawing={drawing} onOpen={onStudy} />
      <button
        type="button"
        className="btn study"
        aria-label="Alert"
        aria-keyshortcuts="Alt+W"
        title="Alert (Alt W)"
        onClick={onAlert}
      >
        <Icon name="bell" />
        <span className="desk">Alert</span>
      </button>
      <button
        type="button"
        className="btn newest"
        disabled={following}
        aria-label="To the newest bar"
        title="To the newest bar (End)"
        onClick={onNewest}
      >
        <Icon name="end" />
      </button>
      <span className="grow desk" />
      <TimeMenu calendar={calendar} time={time} onTime={onTime} />
      <ExportMenu exported={exported} plotOf={plotOf} />
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
