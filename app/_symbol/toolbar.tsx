"use client";
import { INTERVALS, type Interval } from "#lib/domain/interval.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { ChartLook } from "../_lib/chart-keys.ts";
import type { TimeView } from "../_lib/chart-link.ts";
import type { DrawingSession } from "../_chart/_drawings/session.ts";
import { DrawMenu } from "../_chart/_drawings/draw-menu.tsx";
import { ExportMenu, useExportItems } from "../_export/export-menu.tsx";
import type { Exported } from "../_export/exported.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { usePhone } from "../_ui/use-phone.ts";
import { copyLink } from "./link-here.ts";
import { ScaleMenu, scaleItems, TypeMenu } from "./look-menus.tsx";
import { ToolButton } from "./tool-button.tsx";
import type { StudyDialog } from "./use-studies.tsx";
import { TimeMenu } from "./time-menu.tsx";

interface ToolbarProps {
  interval: Interval;
  look: ChartLook;
  /** Whether there was a split or dividend. */
  adjustable: boolean;
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
  /** null: there are no alerts of it. */
  onAlert: (() => void) | null;
}

export function Toolbar(props: ToolbarProps) {
  const Tools = usePhone() ? PhoneTools : DeskTools;
  return (
    <div className="tools" role="toolbar" aria-label="View">
      <Tools {...props} />
    </div>
  );
}

const INDICATORS = { icon: "indicators", words: "Indicators", title: "Indicators ( / )", keys: "/" } as const;
const ALERT = { icon: "bell", words: "Alert", title: "Alert (Alt W)", keys: "Alt+W" } as const;
const COMPARE = { icon: "compare", words: "Compare", title: "Compare with other symbols" } as const;

function DeskTools(props: ToolbarProps) {
  const { interval, look, adjustable, following, calendar, time, drawing } = props;
  const { onTime, onInterval, onLook, onStudy, onNewest, onAlert } = props;
  return (
    <>
      <div className="segment" role="group" aria-label="Interval">
        {INTERVALS.map((one) => (
          <button key={one} type="button" aria-pressed={one === interval} onClick={() => onInterval(one)}>
            {one}
          </button>
        ))}
      </div>
      <span className="rule" />
      <TypeMenu look={look} onLook={onLook} />
      <ScaleMenu {...{ look, adjustable, onLook }} />
      <ToolButton {...INDICATORS} onClick={() => onStudy("indicators")} />
      <ToolButton {...COMPARE} onClick={() => onStudy("compare")} />
      <DrawMenu session={drawing} onList={() => onStudy("drawings")} />
      {onAlert && <ToolButton {...ALERT} onClick={onAlert} />}
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
      <span className="grow" />
      <TimeMenu calendar={calendar} time={time} onTime={onTime} />
      <ExportMenu {...props} />
      <button type="button" className="btn square link-here" aria-label="Copy a link to this view" onClick={copyLink}>
        <Icon name="link" />
      </button>
    </>
  );
}

/** What a thumb wants most often; the rest is one sheet away. */
function PhoneTools(props: ToolbarProps) {
  const { interval, look, adjustable, following, calendar, time, drawing } = props;
  const { onTime, onInterval, onLook, onStudy, onNewest, onAlert } = props;
  const exports = useExportItems(props);
  const intervals = (): MenuItem[] =>
    INTERVALS.map((one) => ({ words: one, chosen: one === interval, run: () => onInterval(one) }));
  const more = (): MenuItem[] => [
    ...scaleItems({ look, adjustable, onLook }),
    { words: "Compare", run: () => onStudy("compare") },
    ...(following ? [] : [{ words: "To the newest bar", run: onNewest }]),
    ...exports(),
  ];
  return (
    <>
      <Menu label={`Interval: ${interval}`} items={intervals} className="btn choice interval">
        {interval}
      </Menu>
      <TypeMenu look={look} onLook={onLook} />
      <ToolButton {...INDICATORS} onClick={() => onStudy("indicators")} />
      <DrawMenu session={drawing} onList={() => onStudy("drawings")} />
      {onAlert && <ToolButton {...ALERT} onClick={onAlert} />}
      <span className="grow" />
      <TimeMenu calendar={calendar} time={time} onTime={onTime} />
      <Menu label="More" items={more} className="btn square">
        <Icon name="more" />
      </Menu>
    </>
  );
}
