"use client";
import { useRef, useState, type KeyboardEvent } from "react";
import type { Source } from "#lib/contracts/tickers.ts";
import type { SourceListing } from "#lib/feeds/feed.ts";
import { describeError } from "../_lib/errors.ts";
import { stepped } from "../_lib/search.ts";
import { Icon } from "../_ui/icon.tsx";
import { useLookup } from "./use-lookup.ts";

const SUGGESTIONS = 6;

interface SymbolFieldProps {
  source: Source;
  typed: string;
  wrong: ReturnType<typeof describeError> | null;
  onType: (text: string) => void;
  onChoose: (listing: SourceListing) => void;
}

/** The source's own word for the symbol, with what it lists under what is typed. */
export function SymbolField({ source, typed, wrong, onType, onChoose }: SymbolFieldProps) {
  const [open, setOpen] = useState(false);
  const [selected, setSelected] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const { data, error, isFetching } = useLookup(source, open ? typed : "");
  const listings = open && typed.trim() !== "" ? (data ?? []).slice(0, SUGGESTIONS) : [];
  const choose = (listing: SourceListing): void => {
    onChoose(listing);
    setOpen(false);
    setSelected(-1);
    input.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const listing = listings[selected];
    if (event.key === "Escape") setOpen(false);
    else if (event.key === "Enter" && listing) {
      event.preventDefault();
      choose(listing);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setSelected(stepped(selected, event.key, listings.length));
    }
  };
  return (
    <div className={wrong ? "field bad wide" : "field wide"}>
      <label htmlFor="source-symbol">Symbol</label>
      <input
        id="source-symbol"
        ref={input}
        className="words"
        value={typed}
        placeholder="as the source writes it: BTC-USD, btcusdt"
        role="combobox"
        aria-expanded={listings.length > 0}
        aria-controls="listings"
        aria-activedescendant={listings[selected] ? `listing-${selected}` : undefined}
        aria-invalid={wrong !== null}
        aria-describedby={wrong ? "add-why" : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        onChange={(event) => {
          setOpen(true);
          setSelected(-1);
          onType(event.target.value);
        }}
        onKeyDown={onKey}
        onBlur={() => setTimeout(() => setOpen(false), 120)}
      />
      {listings.length > 0 && (
        <div id="listings" className="listings" role="listbox" aria-label="Listed by the source">
          {listings.map((listing, index) => (
            <button
              key={listing.sourceSymbol}
              id={`listing-${index}`}
              type="button"
              role="option"
              aria-selected={index === selected}
              tabIndex={-1}
              onClick={() => choose(listing)}
            >
              <span className="sym strong">{listing.sourceSymbol}</span>
              <span className="sub clip">{listing.name}</span>
            </button>
          ))}
        </div>
      )}
      {open && error && !isFetching && !wrong && <span className="hint">{describeError(error).message}</span>}
      {wrong && (
        <span className="why" id="add-why" role="alert">
          <Icon name="warn" />
          <span>
            {wrong.message}
            <Instead listings={wrong.details?.suggestions ?? []} onChoose={choose} />
          </span>
        </span>
      )}
    </div>
  );
}

function Instead({
  listings,
  onChoose,
}: {
  listings: readonly SourceListing[];
  onChoose: (one: SourceListing) => void;
}) {
  if (listings.length === 0) return null;
  return (
    <span className="instead">
      Take{" "}
      {listings.map((listing) => (
        <button key={listing.sourceSymbol} type="button" onClick={() => onChoose(listing)}>
          {listing.sourceSymbol}
        </button>
      ))}
    </span>
  );
}
