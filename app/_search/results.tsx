"use client";
import { Fragment, useEffect } from "react";
import { groupHits, type Hit } from "../_lib/search.ts";
import { useMarket } from "../_live/market.ts";
import { Late } from "../_ui/late.tsx";
import { HitRow } from "./hit-row.tsx";

/** Prices of hits are read this often, milliseconds: a search is open for seconds. */
const EVERY = 2_000;

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

interface ResultsProps {
  id: string;
  /** As `inOrder` gives them. */
  hits: readonly Hit[];
  words: string;
  selected: number;
  onOpen?: (() => void) | undefined;
}

/** Hits as one list of options, under headings that say why they are there. */
export function Results({ id, hits, words, selected, onOpen }: ResultsProps) {
  const { instruments } = useMarket({ every: EVERY });
  const groups = groupHits(hits, words);
  useEffect(() => {
    document.getElementById(optionId(id, selected))?.scrollIntoView({ block: "nearest" });
  }, [id, selected]);
  return (
    <div id={id} role="listbox" aria-label="Symbols" className="hits scroll">
      {groups.map((group) => (
        <Fragment key={group.title}>
          <h3 role="presentation">{group.title}</h3>
          {group.hits.map((hit) => {
            const index = hits.indexOf(hit);
            return (
              <HitRow
                key={hit.ticker.symbol}
                id={optionId(id, index)}
                hit={hit}
                words={words}
                instrument={instruments.get(hit.ticker.symbol)}
                selected={index === selected}
                onOpen={onOpen}
              />
            );
          })}
        </Fragment>
      ))}
    </div>
  );
}

/** In the order in which they stand on the screen. */
export function inOrder(hits: readonly Hit[], words: string): Hit[] {
  return groupHits(hits, words).flatMap((group) => group.hits);
}

/** While the first hits are on their way. */
export function Searching() {
  return (
    <Late>
      <p className="none" role="status">
        Searching
      </p>
    </Late>
  );
}

export function NoMatch({ words, sector }: { words: string; sector: string | null }) {
  return (
    <div className="calm" role="status">
      <h3>
        Nothing matches “{words}”{sector === null ? "" : ` in ${sector}`}
      </h3>
      <p>
        Try the ticker without its exchange, a part of the name, or a former ticker.
        {sector === null
          ? " The ratio of two is AAPL/MSFT, their spread AAPL − MSFT. A symbol that is not collected yet is added under Admin."
          : " Or look in all sectors."}
      </p>
    </div>
  );
}
