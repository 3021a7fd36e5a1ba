"use client";
import { useSyncExternalStore } from "react";
import { decimalsOf } from "../../_lib/format.ts";
import { useLive } from "../../_live/live.tsx";
import { useZone } from "../../_live/zone.ts";
import { Icon } from "../../_ui/icon.tsx";
import { Modal } from "../../_ui/modal.tsx";
import { save } from "../../_ui/save.ts";
import { type Drawing, LONGEST_NOTE } from "#lib/contracts/drawings.ts";
import { KIND_WORDS } from "./drawing.ts";
import { drawingWords } from "./drawing-words.ts";
import { KeptWhere } from "./kept-where.tsx";
import { removeAll } from "./remove-drawing.ts";
import type { DrawingSession } from "./session.ts";

interface DialogProps {
  session: DrawingSession;
  tickSize: number;
  onClose: () => void;
}

/** All drawings of a symbol as text, each to be shown, changed and removed without a pointer. */
export function DrawingsDialog({ session, tickSize, onClose }: DialogProps) {
  const { store } = session;
  const { drawings, hidden, locked, canUndo, canRedo, unread, standing, inBrowser } = useSyncExternalStore(
    store.subscribe,
    store.state,
    session.onServer,
  );
  const isEmpty = drawings.length === 0;
  return (
    <Modal label="Drawings" className="palette sample indicators drawings-list" onClose={onClose}>
      <header>
        <h2>Drawings of {store.symbol}</h2>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {isEmpty ? (
        <div className="calm">
          <h3>Nothing is drawn</h3>
          <p>
            What you draw on a chart of {store.symbol}{" "}
            {standing === null ? "stays in this browser." : "is kept on the server, for each of your devices."}
          </p>
          <button
            type="button"
            className="btn primary"
            onClick={() => {
              onClose();
              session.choose("trend");
            }}
          >
            Draw a trend line
          </button>
        </div>
      ) : (
        <ul className="scroll" aria-label="Drawings">
          {drawings.map((drawing) => (
            <Row key={drawing.id} {...{ session, drawing, tickSize, locked, onClose }} />
          ))}
        </ul>
      )}
      <KeptWhere store={store} standing={standing} inBrowser={inBrowser} />
      <Aside session={session} unread={unread} />
      <footer>
        <button type="button" className="btn edge" disabled={!canUndo} onClick={() => store.undo()}>
          Undo
        </button>
        <button type="button" className="btn edge" disabled={!canRedo} onClick={() => store.redo()}>
          Redo
        </button>
        <span className="grow" />
        <button type="button" className="btn" disabled={isEmpty} onClick={() => store.set({ hidden: !hidden })}>
          {hidden ? "Show all" : "Hide all"}
        </button>
        <button type="button" className="btn" disabled={isEmpty} onClick={() => store.set({ locked: !locked })}>
          {locked ? "Unlock all" : "Lock all"}
        </button>
        <button type="button" className="btn" disabled={isEmpty || locked} onClick={() => removeAll(session)}>
          Remove all
        </button>
      </footer>
    </Modal>
  );
}

interface RowProps extends DialogProps {
  drawing: Drawing;
  locked: boolean;
}

function Row({ session, drawing, tickSize, locked, onClose }: RowProps) {
  const zone = useZone();
  const { clock } = useLive();
  const { kind, text, color, dash, width } = drawing;
  const told = { zone, now: clock.now(), decimals: decimalsOf(tickSize) };
  const words = drawingWords(drawing, told);
  return (
    <li className="drawing-row">
      <svg className={`drawing hue-${color}`} width="20" height="8" aria-hidden="true">
        <path className={`stroke ${dash} weight-${width}`} d="M0 4H20" />
      </svg>
      <span>{kind === "note" ? drawingWords({ ...drawing, text: "" }, told) : words}</span>
      {kind === "note" && (
        <textarea
          key={text}
          aria-label="Text of the note"
          rows={2}
          maxLength={LONGEST_NOTE}
          defaultValue={text}
          disabled={locked}
          onBlur={(event) => {
            const typed = event.target.value.trim();
            if (typed !== "" && typed !== text) session.change({ ...drawing, text: typed });
          }}
        />
      )}
      <button
        type="button"
        className="btn"
        aria-label={`Show ${words}`}
        onClick={() => {
          onClose();
          session.show(drawing);
        }}
      >
        Show
      </button>
      <button
        type="button"
        className="btn square"
        aria-label={`Remove ${words}`}
        title={`Remove ${KIND_WORDS[kind].toLowerCase()}`}
        disabled={locked}
        onClick={() => session.store.remove([drawing.id])}
      >
        <Icon name="remove" />
      </button>
    </li>
  );
}

/** What was found but not understood: it is kept, and can be taken away as a file. */
function Aside({ session, unread }: { session: DrawingSession; unread: readonly unknown[] }) {
  const aside = session.store.aside();
  if (unread.length === 0 && aside === null) return null;
  const file = (): void => {
    const content = JSON.stringify({ unread, aside }, null, 2);
    save(
      new Blob([content], { type: "application/json" }),
      `drawings-${session.store.symbol.replaceAll(":", "-")}.json`,
    );
  };
  return (
    <p className="aside">
      <Icon name="warn" />
      <span className="grow">
        {aside === null
          ? `${unread.length} saved ${unread.length === 1 ? "drawing" : "drawings"} could not be read and are kept.`
          : "Saved drawings could not be read and are kept aside."}
      </span>
      <button type="button" className="btn edge" onClick={file}>
        Save as a file
      </button>
    </p>
  );
}
