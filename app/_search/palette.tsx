"use client";
import { useRouter } from "next/navigation";
import { useCallback, useState, type KeyboardEvent } from "react";
import { symbolHref } from "../_lib/links.ts";
import { stepped } from "../_lib/search.ts";
import { Failure } from "../_ui/failure.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { Facets } from "./facets.tsx";
import { inOrder, NoMatch, optionId, Results, Searching } from "./results.tsx";
import { useTickerSearch } from "./use-ticker-search.ts";

const LIST = "palette-hits";
const LIMIT = 20;

interface PaletteProps {
  /** What was typed before it opened. */
  words: string;
  onClose: () => void;
}

/** The search from anywhere. */
export function Palette({ words: initial, onClose }: PaletteProps) {
  const router = useRouter();
  const [typed, setTyped] = useState(initial);
  const [sector, setSector] = useState<string | null>(null);
  const [selected, setSelected] = useState(0);
  const { data, words, settled, error, refetch } = useTickerSearch(typed, sector, LIMIT);
  const hits = data ? inOrder(data.hits, words) : [];
  const at = Math.min(selected, Math.max(0, hits.length - 1));

  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter") {
      event.preventDefault();
      const hit = hits[at];
      if (hit && settled) router.push(symbolHref(hit.ticker.symbol));
      else router.push(`/search?q=${encodeURIComponent(typed.trim())}`);
      onClose();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setSelected(stepped(at, event.key, hits.length));
    }
  };
  const choose = useCallback((next: string | null) => {
    setSector(next);
    setSelected(0);
  }, []);

  return (
    <Modal label="Search" className="palette" onClose={onClose}>
      <div className="ask">
        <Icon name="search" />
        <input
          value={typed}
          aria-label="Ticker, name or former ticker"
          placeholder="Ticker, name or former ticker"
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={LIST}
          aria-activedescendant={hits.length > 0 ? optionId(LIST, at) : undefined}
          autoComplete="off"
          spellCheck={false}
          // The palette exists only to be typed into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={(event) => {
            setTyped(event.target.value);
            setSelected(0);
          }}
          onKeyDown={onKey}
        />
        <span className="dim desk found" role="status">
          {data && settled && words !== "" ? `${data.total} ${data.total === 1 ? "match" : "matches"}` : ""}
        </span>
        <kbd className="desk">Esc</kbd>
        <button type="button" className="btn phone" onClick={onClose}>
          Cancel
        </button>
      </div>
      {data && <Facets sectors={data.sectors} total={data.total} chosen={sector} onChoose={choose} />}
      {error && !data && <Failure title="The search does not answer" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Searching />}
      {data && hits.length === 0 && settled && <NoMatch words={words} sector={sector} />}
      <Results id={LIST} hits={hits} words={words} selected={at} onOpen={onClose} />
      <footer className="desk">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> open
        </span>
        <span>
          <kbd>Tab</kbd> to the sectors
        </span>
        <span className="grow" />
        <span>ranked by liquidity</span>
      </footer>
    </Modal>
  );
}
