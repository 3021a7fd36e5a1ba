"use client";
import { useSyncExternalStore } from "react";
import { COLOR_WORDS } from "../../_lib/chosen-indicators.ts";
import { Icon } from "../../_ui/icon.tsx";
import { Menu } from "../../_ui/menu.tsx";
import type { ChartLayout } from "../layout.ts";
import {
  DASHES,
  type Dash,
  type Drawing,
  type Extend,
  EXTENDS,
  type LineWidth,
  POINTS_OF,
  WIDTHS,
  LINE_COLORS,
} from "#lib/contracts/drawings.ts";
import { KIND_WORDS } from "./drawing.ts";
import { removeSelected } from "./remove-drawing.ts";
import type { DrawingSession } from "./session.ts";

const DASH_WORDS: Readonly<Record<Dash, string>> = { solid: "Solid", dashed: "Dashed", dotted: "Dotted" };
const WIDTH_WORDS: Readonly<Record<LineWidth, string>> = { 1: "Thin", 2: "Medium", 3: "Thick" };
const EXTEND_WORDS: Readonly<Record<Extend, string>> = {
  none: "Between its points",
  right: "Beyond the second",
  both: "Beyond both",
};

interface BarProps {
  session: DrawingSession;
  layout: ChartLayout;
}

/** What can be done with the selected drawing, or which point comes next. It stands above the volume, where no bar is covered for long. */
export function DrawingBar({ session, layout }: BarProps) {
  const doing = useSyncExternalStore(session.subscribe, session.doing, session.doing);
  const { drawings } = useSyncExternalStore(session.store.subscribe, session.store.state, session.store.state);
  const { tool, placed, measure, selected } = doing;
  const drawing = measure ?? drawings.find(({ id }) => id === selected);
  if (!tool && !drawing) return null;
  const label = tool ? `Drawing: ${KIND_WORDS[tool]}` : drawing ? `Selected: ${KIND_WORDS[drawing.kind]}` : "";
  return (
    <div
      className="drawing-bar"
      data-floating
      role="toolbar"
      aria-label={label}
      style={{ bottom: layout.height - layout.priceHeight + 8, width: layout.plotWidth }}
    >
      <div>
        {tool ? (
          <>
            <span className="hint">
              {KIND_WORDS[tool]}
              {POINTS_OF[tool] === 2 && <span className="sub">{placed === 0 ? "first point" : "second point"}</span>}
            </span>
            <CloseButton words="Cancel" onClose={() => session.cancel()} />
          </>
        ) : (
          drawing && <Selected session={session} drawing={drawing} isKept={measure === null} />
        )}
      </div>
    </div>
  );
}

function CloseButton({ words, onClose }: { words: string; onClose: () => void }) {
  return (
    <button type="button" className="btn square" aria-label={words} title={`${words} (Esc)`} onClick={onClose}>
      <Icon name="close" />
    </button>
  );
}

function Selected({ session, drawing, isKept }: { session: DrawingSession; drawing: Drawing; isKept: boolean }) {
  const { kind, extend } = drawing;
  return (
    <>
      <StyleMenus session={session} drawing={drawing} />
      {kind === "trend" && (
        <Menu
          label={`Extended: ${EXTEND_WORDS[extend]}`}
          items={() =>
            EXTENDS.map((one) => ({
              words: EXTEND_WORDS[one],
              chosen: one === extend,
              run: () => session.change({ ...drawing, extend: one }),
            }))
          }
        >
          <Icon name="extend" />
        </Menu>
      )}
      {kind === "note" && (
        <button type="button" className="btn" onClick={() => session.write(drawing)}>
          Edit
        </button>
      )}
      {isKept ? (
        <button
          type="button"
          className="btn square"
          aria-label={`Remove ${KIND_WORDS[kind].toLowerCase()}`}
          title="Remove (Del)"
          onClick={() => {
            removeSelected(session);
            session.focus();
          }}
        >
          <Icon name="remove" />
        </button>
      ) : (
        <>
          <button type="button" className="btn edge" onClick={() => session.keep()}>
            Keep
          </button>
          <CloseButton words="Close" onClose={() => session.cancel()} />
        </>
      )}
    </>
  );
}

/** Its colour, and how its lines are drawn; a note has none. */
function StyleMenus({ session, drawing }: { session: DrawingSession; drawing: Drawing }) {
  const { kind, color, dash, width } = drawing;
  const colors = LINE_COLORS.map((one) => ({
    words: COLOR_WORDS[one],
    chosen: one === color,
    run: () => session.restyle({ color: one }),
  }));
  const lines = [
    ...WIDTHS.map((one) => ({
      words: WIDTH_WORDS[one],
      chosen: one === width,
      run: () => session.restyle({ width: one }),
    })),
    ...DASHES.map((one) => ({
      words: DASH_WORDS[one],
      chosen: one === dash,
      run: () => session.restyle({ dash: one }),
    })),
  ];
  return (
    <>
      <Menu label={`Colour: ${COLOR_WORDS[color]}`} items={() => colors}>
        <svg className={`swatch drawing hue-${color}`} width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" fill="currentColor" />
        </svg>
      </Menu>
      {kind !== "note" && (
        <Menu label={`Line: ${WIDTH_WORDS[width]}, ${DASH_WORDS[dash].toLowerCase()}`} items={() => lines}>
          <svg className={`drawing hue-${color}`} width="24" height="16" aria-hidden="true">
            <path className={`stroke ${dash} weight-${width}`} d="M1 8H23" />
          </svg>
        </Menu>
      )}
    </>
  );
}
