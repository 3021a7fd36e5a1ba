"use client";
import { useId, useState, type KeyboardEvent } from "react";
import { kindOf } from "#lib/domain/indicators/kinds.ts";
import { usualSpec } from "#lib/domain/indicators/spec.ts";
import type { Choosing } from "../_chart/studies.ts";
import { lineStyles } from "../_chart/_prepare/line-styles.ts";
import { fullWords, isInPane } from "../_lib/chosen-indicators.ts";
import { stepped } from "../_lib/search.ts";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { ChosenRow } from "./chosen-row.tsx";
import { foundKinds } from "./found-kinds.ts";

/** What is drawn besides the bars: found, added, changed and taken away. */
export function IndicatorsDialog({ choosing, onClose }: { choosing: Choosing; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  return (
    <Modal label="Indicators" className="palette indicators" onClose={onClose}>
      <AddList choosing={choosing} typed={typed} onType={setTyped} onClose={onClose} />
      <ChosenList choosing={choosing} />
      <footer className="desk">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> add
        </span>
        <span>
          <kbd>Tab</kbd> to their numbers
        </span>
        <span className="grow" />
        <span>kept in the address</span>
      </footer>
    </Modal>
  );
}

interface AddListProps {
  choosing: Choosing;
  typed: string;
  onType: (text: string) => void;
  onClose: () => void;
}

function AddList({ choosing: { chosen, add }, typed, onType, onClose }: AddListProps) {
  const list = useId();
  const [selected, setSelected] = useState(0);
  const found = foundKinds(typed);
  const at = Math.min(selected, found.length - 1);
  const current = found[at];
  const full = current ? fullWords(chosen, usualSpec(current)) : null;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && current) {
      event.preventDefault();
      add(current);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setSelected(stepped(at, event.key, found.length));
    }
  };
  return (
    <>
      <div className="ask">
        <Icon name="search" />
        <input
          value={typed}
          aria-label="Indicator"
          placeholder="Add an indicator"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-activedescendant={current ? `${list}-${current}` : undefined}
          autoComplete="off"
          spellCheck={false}
          // The dialog opens to be typed into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={(event) => {
            onType(event.target.value);
            setSelected(0);
          }}
          onKeyDown={onKey}
        />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div id={list} role="listbox" aria-label="Indicators to add" className="kinds scroll">
        {found.map((kind) => (
          // The arrows and Enter of the field choose; a pointer may, too.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={kind}
            id={`${list}-${kind}`}
            role="option"
            tabIndex={-1}
            aria-selected={kind === current}
            aria-disabled={fullWords(chosen, usualSpec(kind)) !== null}
            className="kind"
            onClick={() => add(kind)}
          >
            <b>{kindOf(kind).short}</b>
            <span className="clip">{kindOf(kind).name}</span>
            <small className="dim">{isInPane(usualSpec(kind)) ? "in a pane" : "over the prices"}</small>
          </div>
        ))}
      </div>
      <p className="found" role="status">
        {found.length === 0 ? `No indicator is called “${typed.trim()}”.` : full}
      </p>
    </>
  );
}

function ChosenList({ choosing: { chosen, edit, remove } }: { choosing: Choosing }) {
  const styles = lineStyles(chosen, isInPane);
  const counts = new Map<string, number>();
  return (
    <section className="chosen" aria-label="On the chart">
      <h3>On the chart</h3>
      {chosen.length === 0 && <p className="none">Nothing but the bars.</p>}
      <ul>
        {chosen.map((one, place) => {
          const style = styles[place];
          // A row keeps its fields when another of the list goes; of one kind there may be several.
          const count = (counts.get(one.kind) ?? 0) + 1;
          counts.set(one.kind, count);
          return (
            style && (
              <ChosenRow
                key={`${one.kind}${count}|${chosen.length}`}
                one={one}
                style={style}
                onEdit={(changed) => edit(place, changed)}
                onRemove={() => remove(place)}
              />
            )
          );
        })}
      </ul>
    </section>
  );
}
