"use client";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { SearchAnswer } from "#lib/contracts/views.ts";
import { shortName } from "#lib/domain/composite/name.ts";
import type { Comparing } from "../_chart/studies.ts";
import { MOST_COMPARED } from "../_lib/compared.ts";
import { hitsOf, stepped } from "../_lib/search.ts";
import { useTickerSearch } from "../_search/use-ticker-search.ts";
import { Failure } from "../_ui/failure.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";

const LIMIT = 8;

interface CompareDialogProps {
  /** The symbol of the chart. */
  of: string;
  comparing: Comparing;
  onClose: () => void;
}

/** Finds symbols to draw beside the chart's own, and takes them away. */
export function CompareDialog({ of, comparing, onClose }: CompareDialogProps) {
  const { symbols, add, remove } = comparing;
  const list = useId();
  const [typed, setTyped] = useState("");
  const [selected, setSelected] = useState(0);
  const { data, error, settled, refetch, ask } = useTickerSearch(typed, null, LIMIT + MOST_COMPARED + 1);
  const missingOf = (answer: SearchAnswer | undefined) =>
    (answer ? hitsOf(answer) : [])
      .map(({ ticker }) => ticker)
      .filter(({ symbol }) => symbol !== of && !symbols.includes(symbol))
      .slice(0, LIMIT);
  const hits = missingOf(data);
  const at = Math.min(selected, Math.max(0, hits.length - 1));
  const full = symbols.length >= MOST_COMPARED;
  const choose = (symbol: string): void => {
    add(symbol);
    setTyped("");
    setSelected(0);
  };
  /** Counts what is typed: an answer to an older Enter chooses nothing. One that was followed by closing still does. */
  const changes = useRef(0);
  const enter = async (): Promise<void> => {
    const asked = changes.current;
    const hit = settled ? hits[at] : missingOf(await ask(typed.trim()).catch(() => undefined))[0];
    if (hit && !full && changes.current === asked) choose(hit.symbol);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter") {
      event.preventDefault();
      void enter();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setSelected(stepped(at, event.key, hits.length));
    }
  };
  return (
    <Modal label="Compare" className="palette indicators compare" onClose={onClose}>
      <div className="ask">
        <Icon name="search" />
        <input
          value={typed}
          aria-label="Symbol to compare with"
          placeholder={`Compare ${shortName(of).ticker} with`}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={list}
          aria-activedescendant={hits[at] ? `${list}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          // The dialog opens to be typed into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={(event) => {
            setTyped(event.target.value);
            setSelected(0);
            changes.current += 1;
          }}
          onKeyDown={onKey}
        />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {error && !data && <Failure title="The search does not answer" error={error} onRetry={() => void refetch()} />}
      <div id={list} role="listbox" aria-label="Symbols to compare with" className="kinds compare-hits scroll">
        {hits.map(({ symbol, name }, place) => (
          // The arrows and Enter of the field choose; a pointer may, too.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={symbol}
            id={`${list}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            aria-disabled={full}
            className="kind"
            onClick={() => choose(symbol)}
          >
            <b className="sym">{shortName(symbol).ticker}</b>
            <span className="clip">{name}</span>
            <small className="dim">{shortName(symbol).exchange}</small>
          </div>
        ))}
      </div>
      <p className="found" role="status">
        {full && `${MOST_COMPARED} symbols are the most; remove one first.`}
        {!full && data && settled && hits.length === 0 && "Nothing matches."}
      </p>
      <ComparedList symbols={symbols} onRemove={remove} />
    </Modal>
  );
}

function ComparedList({ symbols, onRemove }: { symbols: readonly string[]; onRemove: (symbol: string) => void }) {
  return (
    <section className="chosen" aria-label="Compared">
      <h3>Compared, in percent of the first bar in sight</h3>
      {symbols.length === 0 && <p className="none">Nothing yet.</p>}
      <ul>
        {symbols.map((symbol) => (
          <li key={symbol} className="compared-row">
            <b className="sym">{symbol}</b>
            <button
              type="button"
              className="btn square"
              aria-label={`Remove ${symbol}`}
              onClick={() => onRemove(symbol)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
