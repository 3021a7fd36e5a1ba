import type { WatchList } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import type { LinkedList } from "../_lib/linked-list.ts";
import type { ListDialog } from "./list-dialogs.tsx";
import { tickerOf } from "./use-list-actions.ts";

/** A list without symbols: what belongs here and how it comes. */
export function EmptyList({ list, onOpen }: { list: WatchList; onOpen: (dialog: ListDialog) => void }) {
  return (
    <div className="calm">
      <h3>“{list.name}” has no symbols yet</h3>
      <p>Type one into the field above, or bring a list from elsewhere.</p>
      <div className="row">
        <button type="button" className="btn primary" onClick={() => onOpen("edit")}>
          Add symbols
        </button>
        <button type="button" className="btn edge" onClick={() => onOpen("import")}>
          Import symbols
        </button>
      </div>
    </div>
  );
}

/** The address names a list that is not this reader's, or is no more. */
export function UnknownList({ onAll }: { onAll: () => void }) {
  return (
    <div className="calm">
      <h3>This list is not here</h3>
      <p>It was deleted, or it is kept in another browser or for who is signed in.</p>
      <div className="row">
        <button type="button" className="btn primary" onClick={onAll}>
          Show all symbols
        </button>
      </div>
    </div>
  );
}

interface LinkedOfferProps {
  linked: LinkedList;
  onKeep: () => void;
}

/** The address carries a list: it is looked at, and kept by who wants it. */
export function LinkedOffer({ linked, onKeep }: LinkedOfferProps) {
  return (
    <div className="offer" role="region" aria-label="Linked list">
      <span className="grow">“{linked.name}” came by a link, and is not one of your lists.</span>
      <button type="button" className="btn edge" onClick={onKeep}>
        Keep it
      </button>
    </div>
  );
}

interface AbsentSymbolsProps {
  list: LinkedList;
  instruments: readonly InstrumentView[];
  /** null: they cannot be taken out. */
  onTake: ((symbols: readonly string[]) => void) | null;
}

/** Symbols of the list that are not collected any more: they stay until they are taken out. */
export function AbsentSymbols({ list, instruments, onTake }: AbsentSymbolsProps) {
  const there = new Set(instruments.map((one) => one.symbol));
  const gone = list.symbols.filter((symbol) => !there.has(symbol));
  if (gone.length === 0) return null;
  return (
    <p className="absent">
      <span className="clip">
        {gone.length} not collected now: <span className="words">{gone.map(tickerOf).join(", ")}</span>
      </span>
      {onTake && (
        <button type="button" className="btn" onClick={() => onTake(gone)}>
          Remove
        </button>
      )}
    </p>
  );
}
