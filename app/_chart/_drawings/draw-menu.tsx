"use client";
import { Icon } from "../../_ui/icon.tsx";
import { Menu, type MenuItem } from "../../_ui/menu.tsx";
import { DRAWING_KINDS } from "#lib/contracts/drawings.ts";
import { KIND_WORDS } from "./drawing.ts";
import { TOOL_KEYS } from "./drawing-keys.ts";
import { removeAll } from "./remove-drawing.ts";
import type { DrawingSession } from "./session.ts";
import { chooseSnapping, isSnapping } from "./snap-choice.ts";

interface DrawMenuProps {
  session: DrawingSession;
  onList: () => void;
}

/** The tools of drawing, and what can be done with all drawings at once. */
export function DrawMenu({ session, onList }: DrawMenuProps) {
  return (
    <Menu label="Draw" items={() => [...tools(session), ...acts(session, onList)]} className="btn study">
      <Icon name="draw" />
      <span className="desk">Draw</span>
    </Menu>
  );
}

function tools(session: DrawingSession): MenuItem[] {
  return DRAWING_KINDS.map((kind) => ({
    words: KIND_WORDS[kind],
    keys: `Alt ${TOOL_KEYS[kind]}`,
    run: () => session.choose(kind),
  }));
}

/** Only what can be done now. */
function acts(session: DrawingSession, onList: () => void): MenuItem[] {
  const { store } = session;
  const { drawings, hidden, locked, canUndo, canRedo } = store.state();
  const snapping = isSnapping();
  const set = (look: { hidden?: boolean; locked?: boolean }) => (): void => {
    session.cancel();
    store.set(look);
  };
  const some = drawings.length > 0;
  return [
    canUndo && { words: "Undo", keys: "Ctrl Z", run: () => store.undo() },
    canRedo && { words: "Redo", keys: "Ctrl Y", run: () => store.redo() },
    { words: snapping ? "Do not snap to bars" : "Snap to bars", run: () => chooseSnapping(!snapping) },
    some && { words: hidden ? "Show all" : "Hide all", run: set({ hidden: !hidden }) },
    some && { words: locked ? "Unlock all" : "Lock all", run: set({ locked: !locked }) },
    { words: "List of drawings", keys: "Alt O", run: onList },
    some && !locked && { words: "Remove all", run: () => removeAll(session) },
  ].filter((item) => item !== false);
}
